import DiffusionProcess

extension TrainingLoss {
  /// Conditional flow matching whose noise is paired with the points by minibatch optimal transport, in groups of
  /// 48.  Equations (6.17); Tong et al. 2024 (arXiv:2302.00482), Pooladian et al. 2023 (arXiv:2304.14772)
  ///
  /// The velocity is that of a flow to the data, straighter than `cfm`, but of no Gaussian diffusion: it has no
  /// score, so only deterministic samplers may use it. DDIM at η = 0 along the schedule `flow` is Euler's method
  /// on the velocity.
  package static let cfmOT = TrainingLoss(
    "cfm-ot", "flow matching with noise paired by optimal transport, Tong et al. 2024",
    needs: Needs(.fixed, prediction: .velocity, schedule: "flow"), coupling: .optimalTransport
  ) { WeightedObjective(simple: $0, name: "cfm-ot", coupling: .optimalTransport) }
}

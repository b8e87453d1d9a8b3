extension DiscreteSchedule {
  /// β_t rises from 10⁻⁴ to 0.02 along a logistic curve, whatever T is.
  /// EQUATIONS (3.5); Xu et al. 2022 (arXiv:2203.02923)
  ///
  /// Like ``linearUnscaled(steps:)`` it needs a long chain to reach the prior.
  package static func sigmoidBeta(steps: Int) -> DiscreteSchedule {
    DiscreteSchedule(
      name: "sigmoid-beta",
      betas: evenly(from: -6, to: 6, steps: steps).map { 1e-4 + (0.02 - 1e-4) * logistic($0) })
  }
}

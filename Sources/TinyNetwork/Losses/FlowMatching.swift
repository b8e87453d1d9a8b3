import DiffusionProcess

extension TrainingLoss {
  /// Conditional flow matching: the squared error of the velocity ε − x₀ along straight lines.
  /// Equations (6.17); Lipman et al. 2023 (arXiv:2210.02747), Liu et al. 2023 (arXiv:2209.03003)
  ///
  /// It is the simple loss of the velocity on the schedule `flow`, under its own name.
  public static let cfm = TrainingLoss(
    "cfm", "flow matching: velocity along straight lines, Lipman et al. 2023",
    needs: Needs(.fixed, prediction: .velocity, schedule: "flow")
  ) { WeightedObjective(simple: $0, name: "cfm") }
}

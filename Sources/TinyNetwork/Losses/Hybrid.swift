import RealModule

extension TrainingLoss {
  /// The simple loss, plus a thousandth of the bound in bits per coordinate that trains the variance alone.
  /// Equations (6.12); Nichol and Dhariwal 2021, eq. 16
  package static let hybrid = TrainingLoss(
    "hybrid", "simple, and 0.001 of the bound for the variance alone, Nichol and Dhariwal 2021",
    needs: Needs(.learned)
  ) {
    BoundObjective(
      "hybrid", $0, simple: WeightedObjective(simple: $0), boundWeight: 1e-3 / (2 * Double.log(2)))
  }
}

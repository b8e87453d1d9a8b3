extension DiscreteSchedule {
  /// The variance-exploding chain with σ even in its logarithm, from 0.005 to 10.
  /// Equations (3.9); Song and Ermon 2019 (arXiv:1907.05600), Permenter and Yuan 2024 (arXiv:2306.04848)
  package static func logLinear(steps: Int) -> DiscreteSchedule {
    DiscreteSchedule(
      name: "log-linear", sigmas: SigmaGrid.logLinear(count: steps, sigmaMin: 0.005, sigmaMax: 10))
  }
}

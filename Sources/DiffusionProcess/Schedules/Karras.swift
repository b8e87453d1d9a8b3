extension DiscreteSchedule {
  /// The variance-exploding chain through the levels of EDM, σ from 0.002 to 80.
  /// Equations (3.8); Karras et al. 2022 (arXiv:2206.00364)
  package static func karras(steps: Int) -> DiscreteSchedule {
    DiscreteSchedule(name: "karras", sigmas: SigmaGrid.karras(count: steps))
  }
}

extension DiscreteSchedule {
  /// √β_t grows linearly, from β = 10⁻⁴ to 0.02 whatever T is: one formula with ``scaledLinear(steps:)``.
  /// EQUATIONS (3.3); Song, Meng and Ermon 2021 (arXiv:2010.02502)
  package static func quadratic(steps: Int) -> DiscreteSchedule {
    DiscreteSchedule(name: "quadratic", betas: evenInRoot(from: 1e-4, to: 0.02, steps: steps))
  }
}

extension DiscreteSchedule {
  /// √β_t grows linearly whatever T is: the formula of ``scaledLinear(steps:betaStart:betaEnd:)``.
  /// Equations (3.3); Song, Meng and Ermon 2021 (arXiv:2010.02502)
  package static func quadratic(
    steps: Int, betaStart: Double = 1e-4, betaEnd: Double = 0.02
  ) -> DiscreteSchedule {
    DiscreteSchedule(name: "quadratic", betas: evenInRoot(from: betaStart, to: betaEnd, steps: steps))
  }
}

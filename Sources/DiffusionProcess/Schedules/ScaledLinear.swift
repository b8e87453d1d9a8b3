extension DiscreteSchedule {
  /// √β_t grows linearly whatever T is: the schedule of Stable Diffusion.
  /// Equations (3.3); Rombach et al. 2022 (arXiv:2112.10752)
  ///
  /// The formula is that of ``quadratic(steps:betaStart:betaEnd:)``. Some code calls Equations (3.2) "scaled linear"
  /// instead; here that is ``linear(steps:betaStart:betaEnd:)``.
  package static func scaledLinear(
    steps: Int, betaStart: Double = 0.00085, betaEnd: Double = 0.012
  ) -> DiscreteSchedule {
    DiscreteSchedule(name: "scaled-linear", betas: evenInRoot(from: betaStart, to: betaEnd, steps: steps))
  }

  /// Values whose square roots are evenly spaced.
  static func evenInRoot(from start: Double, to end: Double, steps: Int) -> [Double] {
    evenly(from: start.squareRoot(), to: end.squareRoot(), steps: steps).map { $0 * $0 }
  }
}

extension DiscreteSchedule {
  /// β_t grows linearly from `betaStart` to `betaEnd` whatever T is, so that short chains do not reach the prior:
  /// ᾱ_50 = 0.60.  Equations (3.1)
  ///
  /// It is here because it is a common default; ``priorWarning`` reports the gap.
  package static func linearUnscaled(
    steps: Int, betaStart: Double = 1e-4, betaEnd: Double = 0.02
  ) -> DiscreteSchedule {
    DiscreteSchedule(name: "linear-unscaled", betas: evenly(from: betaStart, to: betaEnd, steps: steps))
  }
}

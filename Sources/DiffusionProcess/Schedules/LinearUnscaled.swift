extension DiscreteSchedule {
  /// β_t grows linearly from `betaStart` to `betaEnd` whatever T is, which for short chains does not reach the
  /// prior: ᾱ_50 = 0.60.  Equations (3.1)
  ///
  /// Kept because public code has it as a default; ``priorWarning`` speaks up.
  package static func linearUnscaled(
    steps: Int, betaStart: Double = 1e-4, betaEnd: Double = 0.02
  ) -> DiscreteSchedule {
    DiscreteSchedule(name: "linear-unscaled", betas: evenly(from: betaStart, to: betaEnd, steps: steps))
  }
}

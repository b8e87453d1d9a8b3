extension DiscreteSchedule {
  /// β_t grows linearly from 10⁻⁴ to 0.02 whatever T is, which for short chains does not reach the prior:
  /// ᾱ_50 = 0.60.  EQUATIONS (3.1)
  ///
  /// Kept because public code has it as a default; ``priorWarning`` speaks up.
  package static func linearUnscaled(steps: Int) -> DiscreteSchedule {
    DiscreteSchedule(name: "linear-unscaled", betas: evenly(from: 1e-4, to: 0.02, steps: steps))
  }
}

import DiffusionLab

/// The reference solution of exercise 1.
enum ForwardProcessSolution {
  /// x_t = √ᾱ_t · x₀ + √(1 − ᾱ_t) · ε.  Equations (2.2)
  static func noisyPoint(
    clean x0: SIMD2<Double>, epsilon: SIMD2<Double>, step t: Int, schedule: DiscreteSchedule
  ) -> SIMD2<Double>? {
    let alphaBar = schedule.alphaBars[t]
    return alphaBar.squareRoot() * x0 + (1 - alphaBar).squareRoot() * epsilon
  }
}

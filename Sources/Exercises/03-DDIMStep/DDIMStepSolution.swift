import DiffusionLab

/// The reference solution of exercise 3.
enum DDIMStepSolution {
  /// x_s = √ᾱ_s · x̂₀ + √(1 − ᾱ_s) · ε̂ with x̂₀ = (x_t − √(1 − ᾱ_t) · ε̂) / √ᾱ_t.  Equations (7.2), η = 0
  static func ddimStep(
    noisy xt: SIMD2<Double>, predictedNoise epsilon: SIMD2<Double>, from t: Int, to s: Int,
    schedule: DiscreteSchedule
  ) -> SIMD2<Double>? {
    let (source, target) = (schedule.alphaBars[t], schedule.alphaBars[s])
    let clean = (xt - (1 - source).squareRoot() * epsilon) / source.squareRoot()
    return target.squareRoot() * clean + (1 - target).squareRoot() * epsilon
  }
}

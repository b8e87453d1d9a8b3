import DiffusionLab

/// The reference solution of exercise 2.
enum PosteriorMeanSolution {
  /// μ̃_t = (√ᾱ_{t−1} β_t · x₀ + √α_t (1 − ᾱ_{t−1}) · x_t) / (1 − ᾱ_t).  Equations (2.4)
  static func posteriorMean(
    noisy xt: SIMD2<Double>, clean x0: SIMD2<Double>, step t: Int, schedule: DiscreteSchedule
  ) -> SIMD2<Double>? {
    let beta = schedule.betas[t]
    let alphaBar = schedule.alphaBars[t]
    let previous = schedule.alphaBars[t - 1]
    let clean = previous.squareRoot() * beta / (1 - alphaBar)
    let noisy = (1 - beta).squareRoot() * (1 - previous) / (1 - alphaBar)
    return clean * x0 + noisy * xt
  }
}

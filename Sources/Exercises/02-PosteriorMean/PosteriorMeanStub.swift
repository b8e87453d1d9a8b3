import DiffusionLab

/// Exercise 2: the mean of q(x_{t−1} | x_t, x₀), one step back towards a known clean point.
///
/// Put your formula in place of `nil`. What you have:
/// - `xt` and `x0`: points; you can add them and multiply them by numbers,
/// - `schedule.alphaBars[t]`: ᾱ_t for t = 0...T, with ᾱ₀ = 1,
/// - `schedule.betas[t]`: β_t for t = 1...T; α_t is 1 − β_t,
/// - `number.squareRoot()`: the root of a number.
///
/// Then run `swift run difflab exercises check 2`.
func posteriorMean(
  noisy xt: SIMD2<Double>, clean x0: SIMD2<Double>, step t: Int, schedule: DiscreteSchedule
) -> SIMD2<Double>? {
  nil
}

import DiffusionLab

/// Exercise 3: one deterministic DDIM step from x_t to x_s, for any s < t.
///
/// Put your formula in place of `nil`; it takes two lines. What you have:
/// - `xt` and `epsilon`: the noisy point and the network's prediction of its noise,
/// - `schedule.alphaBars[t]`: ᾱ_t for t = 0...T, with ᾱ₀ = 1,
/// - `number.squareRoot()`: the root of a number.
///
/// Then run `swift run difflab exercises check 3`.
func ddimStep(
  noisy xt: SIMD2<Double>, predictedNoise epsilon: SIMD2<Double>, from t: Int, to s: Int,
  schedule: DiscreteSchedule
) -> SIMD2<Double>? {
  nil
}

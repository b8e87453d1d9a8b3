import DiffusionLab

/// Exercise 1: the noisy point x_t of a clean point x₀ and its noise ε.
///
/// Put your formula in place of `nil`. What you have:
/// - `x0` and `epsilon`: points; you can add them and multiply them by numbers,
/// - `schedule.alphaBars[t]`: ᾱ_t for t = 0...T,
/// - `number.squareRoot()`: the root of a number.
///
/// Then run `swift run difflab exercises check 1`.
func noisyPoint(
  clean x0: SIMD2<Double>, epsilon: SIMD2<Double>, step t: Int, schedule: DiscreteSchedule
) -> SIMD2<Double>? {
  nil
}

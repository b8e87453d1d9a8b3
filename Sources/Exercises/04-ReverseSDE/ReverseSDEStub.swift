import DiffusionLab

/// Exercise 4: one Euler–Maruyama step of the reverse SDE, from time t to t − h.
///
/// Put your formula in place of `nil`; it takes two lines. What you have:
/// - `x`: the noisy point at time t,
/// - `psi`: the score ∇ log p_t(x),
/// - `f` and `g`: the coefficients of the forward SDE dx = f·x dt + g dw at time t,
/// - `h`: the length of the step, positive,
/// - `zeta`: two fresh standard normal numbers,
/// - `number.squareRoot()`: the root of a number.
///
/// Then run `swift run difflab exercises check 4`.
func reverseSDEStep(
  noisy x: SIMD2<Double>, score psi: SIMD2<Double>, drift f: Double, diffusion g: Double, length h: Double,
  noise zeta: SIMD2<Double>
) -> SIMD2<Double>? {
  nil
}

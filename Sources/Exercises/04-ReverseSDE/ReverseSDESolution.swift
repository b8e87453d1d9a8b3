import DiffusionLab

/// The reference solution of exercise 4.
enum ReverseSDESolution {
  /// x_{t−h} = x − (f·x − g²·ψ)·h + g·√h·ζ.  Equations (7.3)
  static func reverseSDEStep(
    noisy x: SIMD2<Double>, score psi: SIMD2<Double>, drift f: Double, diffusion g: Double,
    length h: Double, noise zeta: SIMD2<Double>
  ) -> SIMD2<Double>? {
    let reverseDrift = f * x - g * g * psi
    return x - h * reverseDrift + g * h.squareRoot() * zeta
  }
}

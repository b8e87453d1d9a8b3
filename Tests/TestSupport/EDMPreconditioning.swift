import RealModule

/// How EDM wraps a network F: D(x; σ) = c_skip·x + c_out·F(c_in·x; c_noise), so that F has unit inputs and unit
/// targets at every level.  Equations (6.15); Karras et al. 2022 (arXiv:2206.00364), table 1
///
/// Here x = x₀ + σ·n. For data of deviation 1, which the lab's standard units have, c_in·x is the network's input
/// x_t / √(a² + s²) in any process and F is −v of the variance-preserving level with the same σ: EDM is
/// v-prediction with the plain loss, and another law of noise levels.
package struct EDMPreconditioning: Sendable, Hashable {
  /// σ_d, the standard deviation of the data, a coordinate.
  package let dataStandardDeviation: Double

  /// The preconditioning for centred data of this deviation.
  package init(dataStandardDeviation: Double = 1) {
    precondition(dataStandardDeviation > 0, "data of deviation \(dataStandardDeviation)")
    self.dataStandardDeviation = dataStandardDeviation
  }

  private var variance: Double { dataStandardDeviation * dataStandardDeviation }

  /// c_skip = σ_d² / (σ² + σ_d²).
  package func skip(_ sigma: Double) -> Double { variance / (sigma * sigma + variance) }

  /// c_out = σ·σ_d / √(σ² + σ_d²).
  package func output(_ sigma: Double) -> Double {
    sigma * dataStandardDeviation / (sigma * sigma + variance).squareRoot()
  }

  /// c_in = 1 / √(σ² + σ_d²).
  package func input(_ sigma: Double) -> Double { 1 / (sigma * sigma + variance).squareRoot() }

  /// c_noise = ln σ / 4.
  package func noise(_ sigma: Double) -> Double { Double.log(sigma) / 4 }

  /// λ(σ) = 1 / c_out², the weight of ‖D − x₀‖².  Equations (6.16)
  package func weight(_ sigma: Double) -> Double { 1 / (output(sigma) * output(sigma)) }

  /// D = c_skip·x + c_out·F.
  package func denoised(_ noisy: SIMD2<Double>, network: SIMD2<Double>, sigma: Double) -> SIMD2<Double> {
    skip(sigma) * noisy + output(sigma) * network
  }

  /// What F should say: (x₀ − c_skip·x) / c_out.
  package func target(clean: SIMD2<Double>, noisy: SIMD2<Double>, sigma: Double) -> SIMD2<Double> {
    (clean - skip(sigma) * noisy) / output(sigma)
  }
}

import DiffusionProcess
import PointClouds
import RealModule
import Testing

@Suite("Noise levels")
struct NoiseLevelTests {
  @Test("The variance-preserving level of a ratio has that ratio and unit norm")
  func variancePreserving() {
    for sigma in [0, 1e-3, 0.5, 1, 40, 1e6] {
      let level = NoiseLevel(variancePreserving: sigma)
      // A few roundings of relative size 1e-16 each.
      #expect(abs(level.sigma - sigma) <= 1e-14 * sigma)
      #expect(abs(level.signal * level.signal + level.noise * level.noise - 1) < 1e-15)
    }
  }

  @Test("λ, SNR and σ are one number in three forms")
  func forms() {
    let level = NoiseLevel(signal: 0.3, noise: 0.8)
    #expect(abs(level.snr * level.sigma * level.sigma - 1) < 1e-14)
    #expect(abs(level.halfLogSNR - 0.5 * .log(level.snr)) < 1e-14)
  }

  @Test("A noised cloud has mean a·x₀ and variance s²")
  func forward() {
    let level = NoiseLevel(signal: 0.6, noise: 0.8)
    let count = 20_000
    let clean = PointCloud([SIMD2<Double>](repeating: SIMD2(2, -1), count: count))
    let noisy = level.noisy(clean, noise: NoiseSource(seed: 1, purpose: .forward))
    let mean = noisy.points.reduce(.zero, +) / Double(count)
    let variance =
      noisy.points.reduce(SIMD2<Double>.zero) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    // Four standard errors: s/√n = 0.0057, and s²·√(2/n) = 0.0064.
    #expect(abs(mean.x - 1.2) < 0.023 && abs(mean.y + 0.6) < 0.023)
    #expect(abs(variance.x - 0.64) < 0.026 && abs(variance.y - 0.64) < 0.026)
  }
}

import DiffusionProcess
import PointClouds
import ReverseSampling
import TestSupport
import Testing

@Suite("The exact flow of a denoiser")
struct ExactFlowTests {
  static let data = Gaussian(mean: SIMD2(0.3, -0.2), covariance: SymmetricMatrix(xx: 1.2, xy: 0.5, yy: 0.6))
  static let oracle = GaussianMixture.gaussian(mean: data.mean, covariance: data.covariance)

  @Test(
    "takes points of a Gaussian where the closed form does, from every kind of level",
    arguments: [
      NoiseLevel(signal: 0.6, noise: 0.8), NoiseLevel(signal: 1, noise: 40),
      NoiseLevel(signal: 0.01, noise: 0.99),
    ])
  func gaussian(level: NoiseLevel) {
    let start = NoiseSource(seed: 1, purpose: .start).normalCloud(count: 8).map { level.noise * $0 }
    let ends = ExactFlow(from: level).ends(of: start, using: Self.oracle)
    // Equations (11.2) down to the data, in the eigenbasis of the covariance.
    for (x, end) in zip(start.points, ends.points) {
      let exact = Self.data.flow(x, from: level, to: .clean)
      // The last step, from σ = 0.001 to 0, leaves out the square of it against the data's variance.
      #expect(isClose(end, exact, 2e-5))
    }
  }

  @Test("hands over to E[x₀ | x_t] at the level that it is told")
  func handsOver() {
    let level = NoiseLevel(signal: 1, noise: 40)
    let start = NoiseSource(seed: 2, purpose: .start).normalCloud(count: 8).map { 40 * $0 }
    let last = NoiseLevel(signal: 1, noise: 0.5)
    let ends = ExactFlow(from: level, to: 0.5).ends(of: start, using: Self.oracle)
    for (x, end) in zip(start.points, ends.points) {
      let before = Self.data.flow(x, from: level, to: last)
      let exact = Self.oracle.denoise(PointCloud([before]), at: last)[0]
      // Runge and Kutta's error of 400 steps.
      #expect(isClose(end, exact, 1e-7))
    }
  }

  @Test("starts at signal 0, where nothing is known of the data but their mean")
  func pureNoise() {
    let start = NoiseSource(seed: 3, purpose: .start).normalCloud(count: 4)
    let pure = ExactFlow(from: NoiseLevel(signal: 0, noise: 1)).ends(of: start, using: Self.oracle)
    let nearly = ExactFlow(from: NoiseLevel(variancePreserving: 1e4)).ends(of: start, using: Self.oracle)
    for (a, b) in zip(pure.points, nearly.points) {
      // What is left of the mean at σ = 10⁴.
      #expect(isClose(a, b, 1e-3))
    }
  }
}

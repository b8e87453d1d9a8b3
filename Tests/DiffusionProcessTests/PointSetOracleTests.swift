import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@Suite("The exact denoiser of a point set", .fixtures)
struct PointSetOracleTests {
  @Test("One point is its own posterior mean everywhere")
  func onePoint() {
    let oracle = PointSetOracle(PointCloud([SIMD2(1, -2)]))
    let noisy = NoiseSource(seed: 1, purpose: .data).normalCloud(count: 10)
    #expect(
      oracle.denoise(noisy, at: NoiseLevel(signal: 0.6, noise: 0.8)).points.allSatisfy { $0 == SIMD2(1, -2) })
  }

  @Test("Posterior mean, score and density agree with the reference")
  func reference() throws {
    let fixture = try Fixture.load("empirical_denoiser")
    let oracle = PointSetOracle(PointCloud(fixture.data_points.points))
    for entry in fixture.cases.list {
      let level = NoiseLevel(signal: entry.a.double, noise: entry.s.double)
      let x = PointCloud([entry.xt.point])
      let tolerance = fixture.tolerance
      #expect(isClose(oracle.denoise(x, at: level)[0], entry.x0_hat.point, tolerance), "\(entry.path)")
      #expect(
        isClose(oracle.predictedNoise(x, at: level)[0], entry.eps_hat.point, tolerance), "\(entry.path)")
      #expect(isClose(oracle.score(x, at: level)[0], entry.score.point, tolerance), "\(entry.path)")
      #expect(
        isClose(oracle.logDensity(x[0], at: level), entry.log_density.double, tolerance), "\(entry.path)")
      let covariance = oracle.covariance(x, at: level)[0]
      #expect(isClose(covariance, SymmetricMatrix(entry.cov_x0_given_xt), tolerance), "\(entry.path)")
      for (weight, expected) in zip(oracle.weights(x[0], at: level), entry.softmax_weights.doubles) {
        #expect(isClose(weight, expected, tolerance), "\(entry.path)")
      }
    }
  }

  @Test("It is the limit of a mixture with ever narrower components")
  func limit() {
    let points = [SIMD2(0.5, 1), SIMD2(-1, 0.2), SIMD2(0.1, -0.7)]
    let mixture = GaussianMixture(
      points.map { .init(weight: 1, mean: $0, covariance: SymmetricMatrix(isotropic: 1e-12)) })
    let level = NoiseLevel(signal: 0.8, noise: 0.6)
    let noisy = NoiseSource(seed: 2, purpose: .data).normalCloud(count: 20)
    let a = PointSetOracle(PointCloud(points)).denoise(noisy, at: level)
    let b = mixture.denoise(noisy, at: level)
    // The components' variance 1e-12 moves the mean by about 1e-12 · a/s² · ‖x‖.
    for i in 0..<20 { #expect(isClose(a[i], b[i], 1e-11)) }
  }
}

import DiffusionProcess
import PointClouds
import RealModule
import TestSupport
import Testing

@Suite("The exact oracle", .fixtures)
struct GaussianMixtureTests {
  @Test("One Gaussian: density, score and posterior mean are the textbook's")
  func oneGaussian() {
    let oracle = GaussianMixture.gaussian(mean: SIMD2(1, -2), covariance: SymmetricMatrix(isotropic: 0.25))
    let level = NoiseLevel(signal: 0.6, noise: 0.8)
    let x = SIMD2(0.3, 0.4)
    let variance = 0.36 * 0.25 + 0.64
    let offset = x - 0.6 * SIMD2(1, -2)
    // Closed forms of numbers of order 1, a few roundings apart.
    #expect(
      isClose(
        oracle.logDensity(x, at: level),
        -Double.log(2 * .pi * variance) - (offset * offset).sum() / (2 * variance), 1e-14))
    #expect(isClose(oracle.score(x, at: level), -offset / variance, 1e-14))
    let clean = oracle.denoise(PointCloud([x]), at: level)[0]
    #expect(isClose(clean, SIMD2(1, -2) + 0.6 * 0.25 / variance * offset, 1e-14))
  }

  @Test("The score is the gradient of the log density")
  func finiteDifferences() throws {
    let h = 1e-5
    for name in ["ring8", "aniso3"] {
      let oracle = try #require(Toys.all.named(name)?.mixture)
      for level in [NoiseLevel(signal: 0.99, noise: 0.14), NoiseLevel(signal: 0.5, noise: 0.9)] {
        for i in 0..<50 {
          let x = 2 * NoiseSource(seed: 3, purpose: .data).normal(particle: i)
          let mixture = oracle.diffused(to: level)
          let gradient =
            SIMD2(
              mixture.logDensity(x + SIMD2(h, 0)) - mixture.logDensity(x - SIMD2(h, 0)),
              mixture.logDensity(x + SIMD2(0, h)) - mixture.logDensity(x - SIMD2(0, h))) / (2 * h)
          // Truncation h²·f‴/6 ~ 1e-10·(1/s)³ and rounding 1e-15·|log p|/h: 1e-6 leaves a margin.
          #expect(isClose(mixture.score(x), gradient, 1e-6), "\(name) at \(x), \(level)")
        }
      }
    }
  }

  @Test("E[x₀ | x_t] and the score obey Tweedie's formula")
  func tweedie() throws {
    let oracle = try #require(Toys.all.named("aniso3")?.mixture)
    let level = NoiseLevel(signal: 0.7, noise: 0.5)
    let cloud = NoiseSource(seed: 4, purpose: .data).normalCloud(count: 100)
    let scores = (oracle as any Denoiser).score(cloud, at: level)
    for i in 0..<cloud.count {
      #expect(isClose(scores[i], oracle.score(cloud[i], at: level), 1e-12))
    }
  }

  @Test("Every exact quantity agrees with the reference, for every process and time")
  func reference() throws {
    let fixture = try Fixture.load("gmm_oracle")
    for entry in fixture.cases.list {
      let oracle = GaussianMixture(fixture.gmms[entry.gmm.string])
      let level = NoiseLevel(signal: entry.a.double, noise: entry.s.double)
      let process = try entry.process.continuousProcess(entry.process_parameters)
      let own = process.level(at: entry.t.double)
      #expect(isClose(SIMD2(own.signal, own.noise), SIMD2(level.signal, level.noise), fixture.tolerance))
      let mixture = oracle.diffused(to: level)
      for point in entry["points"].list {
        let x = point.x.point
        let tolerance = fixture.tolerance
        #expect(isClose(mixture.logDensity(x), point.log_density.double, tolerance), "\(point.path)")
        #expect(isClose(mixture.score(x), point.score.point, tolerance), "\(point.path)")
        #expect(isClose(mixture.posteriorMean(x), point.x0_hat.point, tolerance), "\(point.path)")
        for (r, expected) in zip(mixture.responsibilities(x), point.responsibilities.doubles) {
          #expect(isClose(r, expected, tolerance), "\(point.path)")
        }
        // Without noise there is no ε.
        if level.noise == 0 { continue }
        let epsilon = oracle.predictedNoise(PointCloud([x]), at: level)[0]
        #expect(isClose(epsilon, point.eps_hat.point, tolerance), "\(point.path)")
        // v and the velocity of the probability-flow ODE are affine in x₀: their means are those of E[x₀ | x_t].
        let clean = mixture.posteriorMean(x)
        let v = Prediction.v.target(clean: clean, epsilon: epsilon, at: level)
        #expect(isClose(v, point.v_hat.point, tolerance), "\(point.path)")
        let velocity = process.velocity(clean: clean, epsilon: epsilon, at: entry.t.double)
        #expect(isClose(velocity, point.pf_ode_velocity.point, tolerance), "\(point.path)")
      }
    }
  }

  @Test("Far from all data the density stays finite and the posterior mean in reach")
  func farAway() throws {
    let oracle = try #require(Toys.all.named("ring8")?.mixture)
    let level = NoiseLevel(signal: 1, noise: 0.01)
    let x = SIMD2(1e6, -1e6)
    #expect(oracle.logDensity(x, at: level).isFinite)
    let score = oracle.score(x, at: level)
    #expect(score.x.isFinite && score.y.isFinite)
  }

  @Test("Standardizing the points and standardizing the mixture are one thing")
  func standardized() throws {
    let oracle = try #require(Toys.all.named("aniso3")?.mixture)
    let standardization = Standardization(mean: SIMD2(0.3, -0.2), scale: 1.7)
    let x = SIMD2(0.4, 0.9)
    let moved = standardization.apply(PointCloud([x]))[0]
    // p(x) dx = p'(x') dx': the log densities differ by d·log scale.
    let expected = oracle.logDensity(x) + 2 * Double.log(1.7)
    #expect(isClose(oracle.standardized(by: standardization).logDensity(moved), expected, 1e-13))
  }
}

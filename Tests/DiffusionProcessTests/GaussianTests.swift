import DiffusionProcess
import PointClouds
import RealModule
import TestSupport
import Testing

@Suite("Gaussian data in closed form", .fixtures)
struct GaussianTests {
  static let data = Gaussian(mean: SIMD2(0.4, -0.3), covariance: SymmetricMatrix(xx: 1.1, xy: 0.4, yy: 0.5))

  @Test("It is the mixture of one component: denoiser, covariance, entropy and best variances")
  func oneComponent() {
    let data = Self.data
    let mixture = GaussianMixture.gaussian(mean: data.mean, covariance: data.covariance)
    let noisy = NoiseSource(seed: 1, purpose: .data).normalCloud(count: 20)
    for level in [
      NoiseLevel(signal: 0.6, noise: 0.8), NoiseLevel(signal: 1, noise: 3), .init(signal: 0, noise: 1),
    ] {
      let (a, b) = (data.denoise(noisy, at: level), mixture.denoise(noisy, at: level))
      for i in 0..<20 { #expect(isClose(a[i], b[i], 1e-14)) }
      #expect(isClose(data.covariance(noisy, at: level)[3], mixture.covariance(noisy, at: level)[3], 1e-14))
      #expect(
        isClose(data.diffused(to: level).logDensity(noisy[0]), mixture.logDensity(noisy[0], at: level), 1e-14)
      )
      // Quadrature: 1e-10.
      #expect(isClose(data.entropy(at: level), mixture.entropy(at: level), 1e-9))
      #expect(isClose(data.denoisingError(at: level), mixture.denoisingError(at: level), 1e-9))
    }
    #expect(mixture.mean == data.mean && mixture.covariance == data.covariance)
    #expect(isClose(data.entropy, 0.5 * Double.log(2 * .pi * 2 * .pi * 0.39) + 1, 1e-14))
  }

  @Test("The flow undoes itself and carries p_t to p_s")
  func flow() {
    let (from, to) = (NoiseLevel(signal: 0.3, noise: 0.9), NoiseLevel(signal: 0.9, noise: 0.2))
    let x = SIMD2(0.7, -1.3)
    let y = Self.data.flow(x, from: from, to: to)
    #expect(isClose(Self.data.flow(y, from: to, to: from), x, 1e-14))
    // A linear map that carries one Gaussian to another keeps the Mahalanobis distance.
    func distance(_ point: SIMD2<Double>, _ level: NoiseLevel) -> Double {
      let law = Self.data.diffused(to: level)
      return law.covariance.inverse.quadraticForm(point - law.mean)
    }
    #expect(isClose(distance(x, from), distance(y, to), 1e-13))
  }

  @Test("The flow agrees with the reference")
  func flowReference() throws {
    let fixture = try Fixture.load("gaussian_sampling")
    let data = Gaussian(mean: fixture.mean.point, covariance: SymmetricMatrix(fixture.covariance))
    let process = VariancePreserving(fixture.sde_vp.parameters)
    for entry in fixture.pf_ode_flow_map.list {
      let level = process.level(at: entry.t.double)
      let x = data.flow(entry.x_at_t1.point, from: process.level(at: 1), to: level)
      #expect(isClose(x, entry.x_at_t.point, fixture.tolerance), "\(entry.path)")
    }
  }

  @Test("Distances and divergences agree with the reference, and vanish between equals")
  func distances() throws {
    let fixture = try Fixture.load("metrics")
    for entry in fixture.gaussians.list {
      let a = Gaussian(mean: entry.mean1.point, covariance: SymmetricMatrix(entry.cov1))
      let b = Gaussian(mean: entry.mean2.point, covariance: SymmetricMatrix(entry.cov2))
      #expect(isClose(a.wasserstein(to: b), entry.w2.double, fixture.tolerance), "\(entry.path)")
      #expect(isClose(b.wasserstein(to: a), entry.w2.double, fixture.tolerance), "\(entry.path)")
      #expect(isClose(a.divergence(from: b), entry.kl_1_to_2_nats.double, fixture.tolerance), "\(entry.path)")
      #expect(a.wasserstein(to: a) < 1e-15 && abs(a.divergence(from: a)) < 1e-15)
    }
    // Close to each other the sum of squares keeps its digits: W₂² = Δ²/4 for a variance of 1 + Δ in one axis.
    let moved = Gaussian(mean: .zero, covariance: SymmetricMatrix(xx: 1 + 1e-9, xy: 0, yy: 1))
    #expect(abs(moved.wasserstein(to: .isotropic()) / 5e-10 - 1) < 1e-6)
  }

  @Test("What samplers make of the data is known: mean, covariance, W2 and divergence of every chain")
  func samplers() throws {
    let fixture = try Fixture.load("gaussian_sampling")
    let data = Gaussian(mean: fixture.mean.point, covariance: SymmetricMatrix(fixture.covariance))
    for chain in fixture.chains.list {
      let schedule = try DiscreteSchedule(chain)
      let visited = chain.timesteps_decreasing.isNull ? nil : chain.timesteps_decreasing.list.map(\.int)
      var law = Gaussian.isotropic()
      let steps = schedule.reverseSteps(visiting: visited)
      #expect(steps.count == chain.steps.int)
      for step in steps {
        let step = try #require(Self.step(data, chain.kind.string, step), "\(chain.path)")
        law = step.applied(to: law)
      }
      let tolerance = fixture.tolerance
      #expect(isClose(law.mean, chain.final_mean.point, tolerance), "\(chain.path)")
      #expect(isClose(law.covariance, SymmetricMatrix(chain.final_covariance), tolerance), "\(chain.path)")
      // The reference takes the root of a difference of traces, which loses half the digits: below 1e-7 (the
      // optimal chain of 1000 steps, 7.8e-10 against its 2.8e-8) only the squares agree.
      let (ours, reference) = (law.wasserstein(to: data), chain.w2_to_data.double)
      #expect(
        reference < 1e-7
          ? abs(ours * ours - reference * reference) < 1e-15 : isClose(ours, reference, tolerance),
        "\(chain.path)")
      #expect(
        isClose(law.divergence(from: data), chain.kl_final_to_data_nats.double, tolerance), "\(chain.path)")
    }
  }

  /// The step of the sampler that the fixture calls `kind`; `nil` where there is none.
  static func step(_ data: Gaussian, _ kind: String, _ step: ReverseStep) -> GaussianStep? {
    func ancestral(_ noise: SymmetricMatrix) -> GaussianStep {
      data.ancestralStep(from: step.from, to: step.to, noise: noise)
    }
    func ddim(_ eta: Double) -> GaussianStep {
      let added = eta * eta * step.posterior.variance
      let k = (step.to.noise * step.to.noise - added).squareRoot() / step.from.noise
      return data.step(
        noisy: k, clean: step.to.signal - k * step.from.signal, at: step.from,
        noise: SymmetricMatrix(isotropic: added))
    }
    let (v, transition) = (step.posterior.variance, step.posterior.transitionVariance)
    if let eta = Fixture.ddimEta(kind) { return ddim(eta) }
    return switch kind {
    case "beta_tilde": ancestral(SymmetricMatrix(isotropic: v))
    case "beta": ancestral(SymmetricMatrix(isotropic: step.end == 0 ? 0 : transition))
    case "beta_with_noise_on_last_step": ancestral(SymmetricMatrix(isotropic: transition))
    case "optimal_full_covariance":
      ancestral(data.reverseCovariance(PointCloud(zeros: 1), from: step.from, to: step.to)[0])
    default: nil
    }
  }

  @Test("Euler–Maruyama and Euler on the VP process have the known laws, both of first order")
  func euler() throws {
    let fixture = try Fixture.load("gaussian_sampling")
    let data = Gaussian(mean: fixture.mean.point, covariance: SymmetricMatrix(fixture.covariance))
    let process = VariancePreserving(fixture.sde_vp.parameters)
    for row in fixture.sde_vp.rows.list {
      let n = row.N.int
      let h = 1 / Double(n)
      let start = data.diffused(to: process.level(at: 1))
      var (stochastic, deterministic) = (start, start)
      for i in 0..<n {
        let t = 1 - Double(i) * h
        let level = process.level(at: t)
        let (f, g) = (process.drift(at: t), process.squaredDiffusion(at: t))
        // −f·x + g²·score with the score (a·x₀ − x)/s².
        func step(_ share: Double, noise: Double) -> GaussianStep {
          let pull = share * g * h / (level.noise * level.noise)
          return data.step(
            noisy: 1 - f * h - pull, clean: pull * level.signal, at: level,
            noise: SymmetricMatrix(isotropic: noise))
        }
        stochastic = step(1, noise: g * h).applied(to: stochastic)
        deterministic = step(0.5, noise: 0).applied(to: deterministic)
      }
      let tolerance = fixture.tolerance
      #expect(isClose(stochastic.mean, row.em_mean.point, tolerance), "\(row.path)")
      #expect(isClose(stochastic.covariance, SymmetricMatrix(row.em_covariance), tolerance), "\(row.path)")
      #expect(isClose(deterministic.mean, row.ode_mean.point, tolerance), "\(row.path)")
      #expect(
        isClose(deterministic.covariance, SymmetricMatrix(row.ode_covariance), tolerance), "\(row.path)")
      for (law, error) in [
        (stochastic, row.em_covariance_error_frobenius), (deterministic, row.ode_covariance_error_frobenius),
      ] {
        let miss = law.covariance - data.covariance
        #expect(isClose(miss.traceOfProduct(miss).squareRoot(), error.double, tolerance), "\(error.path)")
      }
    }
  }

  @Test("Velocities of flow matching agree with the reference, for both couplings")
  func flowMatching() throws {
    let fixture = try Fixture.load("flow_matching")
    let gaussian = fixture.gaussian
    let data = Gaussian(mean: gaussian.mean.point, covariance: SymmetricMatrix(gaussian.covariance))
    let process = RectifiedFlow()
    for row in gaussian.rows.list {
      let (t, x) = (row.t.double, row.x.point)
      let transport = data.transportVelocity(x, at: t)
      #expect(isClose(transport, row.velocity_ot_coupling.point, fixture.tolerance), "\(row.path)")
      let level = process.level(at: t)
      let clean = data.denoise(PointCloud([x]), at: level)[0]
      let velocity = process.velocity(clean: clean, epsilon: (x - level.signal * clean) / level.noise, at: t)
      #expect(isClose(velocity, row.velocity_independent_coupling.point, fixture.tolerance), "\(row.path)")
    }
  }

  @Test("Along optimal transport one Euler step is exact: noise lands on m + √S·ε")
  func straight() {
    let epsilon = SIMD2(0.8, -1.7)
    let root = Self.data.covariance.squareRoot
    let arrived = epsilon - Self.data.transportVelocity(epsilon, at: 1)
    #expect(isClose(arrived, Self.data.mean + root * epsilon, 1e-14))
    #expect(isClose(root.commutingProduct(root), Self.data.covariance, 1e-15))
  }
}

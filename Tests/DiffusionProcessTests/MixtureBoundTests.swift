import DiffusionProcess
import PointClouds
import RealModule
import TestSupport
import Testing

@Suite("The bound on mixtures", .fixtures)
struct MixtureBoundTests {
  @Test("Every term agrees with the reference")
  func reference() throws {
    let fixture = try Fixture.load("elbo_gmm")
    let tolerance = fixture.tolerance
    let names: [(ReverseVariance, String, String)] = [
      (.posterior, "beta_tilde", "beta_tilde_2"), (.transition, "beta", "beta_1"),
      (.optimalIsotropic, "optimal_isotropic", "optimal_isotropic"),
    ]
    for entry in fixture.cases.list {
      let data = GaussianMixture(fixture.gmms[entry.gmm.string])
      let schedule = try DiscreteSchedule(entry)
      #expect(isClose(data.entropy, entry.entropy_nats.double, tolerance), "\(entry.path)")
      let square = data.expectation(at: .clean) { $0.logDensity($1) * $0.logDensity($1) }
      let deviation = (square - data.entropy * data.entropy).squareRoot()
      #expect(isClose(deviation, entry.std_of_minus_log_density.double, tolerance), "\(entry.path)")
      let first = data.denoisingError(at: schedule.levels[1])
      #expect(isClose(first, entry.expected_trace_cov_x0_at_t1.double, tolerance), "\(entry.path)")

      let bounds = data.bounds(names.map(\.0), schedule: schedule)
      for (bound, (_, name, decoder)) in zip(bounds, names) {
        #expect(isClose(bound.prior.nats, entry.L_T_nats.double, tolerance), "\(name) of \(entry.path)")
        for row in entry.rows.list {
          let term = try #require(bound.steps.first { $0.start == row.t.int })
          let error = data.denoisingError(at: schedule.levels[row.t.int])
          #expect(isClose(error, row.expected_trace_cov_x0.double, tolerance), "\(row.path)")
          #expect(isClose(term.nats, row["L_" + name].double, tolerance), "\(name) of \(row.path)")
        }
        // A chain of one step has no β̃₂, and β₁ in its place.
        let decoders = entry.L_0_nats_by_decoder_variance
        let expected = decoders[decoder].isNull ? decoders.beta_1 : decoders[decoder]
        #expect(isClose(bound.reconstruction.nats, expected.double, tolerance), "\(name) of \(entry.path)")
        #expect(
          isClose(bound.nats, entry.negative_elbo_nats[name].double, tolerance), "\(name) of \(entry.path)")
      }
    }
  }

  @Test("The more a covariance can say the lower the bound, and none is below the entropy")
  func order() throws {
    for name in ["ring8", "aniso3"] {
      let data = try #require(Toys.all.named(name)?.mixture)
      for schedule in [DiscreteSchedule.cosine(steps: 1000), .init(sampling: RectifiedFlow(), steps: 100)] {
        let visited = schedule.visits(steps: 10)
        let order: [ReverseVariance] = [.optimal, .optimalDiagonal, .optimalIsotropic, .transition]
        let bounds = data.bounds(order, schedule: schedule, visiting: visited).map(\.nats)
        #expect(bounds[0] > data.entropy, "\(name)")
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy(<), "\(name): \(bounds)")
      }
    }
  }

  @Test("Monte Carlo agrees with the exact bound, term by term and for every variance")
  func monteCarlo() throws {
    let data = try #require(Toys.all.named("aniso3")?.mixture)
    let schedule = DiscreteSchedule.vpExact(steps: 1000)
    let visited = schedule.visits(steps: 8)
    let points = data.sample(count: 4000, noise: NoiseSource(seed: 1, purpose: .heldOut))
    let exact = data.bounds(ReverseVariance.exactlyBounded, schedule: schedule, visiting: visited)
    for (variance, exact) in zip(ReverseVariance.exactlyBounded, exact) {
      let estimate = VariationalBound(
        of: ReverseKernel(variance, of: data, along: schedule.levels(visiting: visited)),
        schedule: schedule, visiting: visited, points: points, draws: 2,
        noise: NoiseSource(seed: 2, purpose: .forward))
      for (a, b) in zip(estimate.terms, exact.terms) {
        #expect(a.start == b.start && a.end == b.end)
        // Five standard errors.
        #expect(abs(a.nats - b.nats) < 5 * a.standardError, "\(variance) from \(a.start)")
      }
      #expect(abs(estimate.nats - exact.nats) < 5 * estimate.standardError, "\(variance)")
      #expect(estimate.standardError < 0.05)
    }
  }

  @Test("A wrong denoiser is punished by what its error weighs, and the same draws give the same bits")
  func wrongDenoiser() throws {
    struct Zero: Denoiser {
      func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) {
        for i in 0..<noisy.count { clean[i] = .zero }
      }
    }
    let schedule = DiscreteSchedule.cosine(steps: 5)
    let points = PointCloud([SIMD2(1, 2), SIMD2(-1, -2)])
    func estimate(seed: UInt64) -> VariationalBound {
      VariationalBound(
        of: ReverseKernel(.transition, of: Zero(), along: schedule.levels(visiting: nil)), schedule: schedule,
        points: points, noise: NoiseSource(seed: seed, purpose: .forward))
    }
    let bound = estimate(seed: 1)
    #expect(bound == estimate(seed: 1))
    // Every term is known: the error of x₀ is ‖x₀‖² = 5 whatever the noise, so the standard error is 0.
    for term in bound.steps {
      let step = ReversePosterior(from: schedule.levels[term.start], to: schedule.levels[term.end])
      let (v, b) = (step.transitionVariance, step.cleanCoefficient)
      let ratio = step.variance / v
      #expect(isClose(term.nats, b * b * 5 / (2 * v) + ratio - 1 - Double.log(ratio), 1e-12))
      #expect(term.standardError < 1e-12)
    }
    #expect(
      isClose(
        bound.reconstruction.nats, Double.log(2 * .pi * schedule.betas[1]) + 2.5 / schedule.betas[1], 1e-12))
  }

  @Test("Every path has its bound, tight for Gaussian data and the full covariance, with its own prior")
  func everyPath() {
    let data = Gaussian(mean: .zero, covariance: SymmetricMatrix(xx: 1.2, xy: 0.5, yy: 0.8))
    for entry in DiscreteSchedule.all {
      let schedule = entry.make(30)
      let bound = data.bound(.optimal, schedule: schedule)
      let prior = Gaussian.isotropic(standardDeviation: schedule.priorStandardDeviation)
      let miss = data.diffused(to: schedule.levels[30]).divergence(from: prior)
      // Equations (11.6); terms up to log σ_T/σ_1 = 10 each.
      #expect(isClose(bound.nats, data.entropy + miss, 1e-11), "\(entry.name)")
    }
  }
}

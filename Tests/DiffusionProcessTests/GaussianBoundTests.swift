import DiffusionProcess
import PointClouds
import RealModule
import TestSupport
import Testing

@Suite("The bound on Gaussian data", .fixtures)
struct GaussianBoundTests {
  static let variances: [String: ReverseVariance] = [
    "beta_tilde": .posterior, "beta": .transition, "optimal_isotropic": .optimalIsotropic,
    "optimal_full_covariance": .optimal,
  ]

  static func data(_ fixture: Fixture) -> Gaussian {
    Gaussian(mean: fixture.mean.point, covariance: SymmetricMatrix(fixture.covariance))
  }

  @Test("Every term of every chain agrees with the reference, averaged over the data")
  func terms() throws {
    let fixture = try Fixture.load("elbo_gaussian")
    let data = Self.data(fixture)
    let tolerance = fixture.tolerance
    #expect(isClose(data.entropy, fixture.entropy_nats.double, tolerance))
    #expect(isClose(data.entropy / (2 * Double.log(2)), fixture.entropy_bits_per_dim.double, tolerance))
    for chain in fixture.chains.list {
      let schedule = try DiscreteSchedule(chain)
      let listed = chain.t_listed.list.map(\.int)
      for (name, variance) in Self.variances {
        let bound = data.bound(variance, schedule: schedule)
        #expect(isClose(bound.prior.nats, chain.L_T_nats.double, tolerance), "\(name) of \(chain.path)")
        for (t, expected) in zip(listed, chain.L_t_minus_1_nats[name].doubles) {
          let term = try #require(bound.steps.first { $0.start == t })
          #expect(term.end == t - 1)
          #expect(isClose(term.nats, expected, tolerance), "\(name) at \(t) of \(chain.path)")
        }
        let sum = bound.steps.reduce(0) { $0 + $1.nats }
        #expect(isClose(sum, chain.sum_L_t_minus_1_nats[name].double, tolerance), "\(name) of \(chain.path)")
        let total = chain.totals[name]
        let decoder = chain.L_0_nats_by_decoder_variance[total.decoder_variance.string].double
        #expect(isClose(bound.reconstruction.nats, decoder, tolerance), "\(name) of \(chain.path)")
        #expect(isClose(bound.nats, total.negative_elbo_nats.double, tolerance), "\(name) of \(chain.path)")
        let bits = total.negative_elbo_bits_per_dim.double
        #expect(isClose(bound.bitsPerDimension, bits, tolerance), "\(name) of \(chain.path)")
      }
      // The variances of the step to the data.
      let decoders = chain.decoder_variances
      let (first, data0) = (schedule.levels[1], schedule.levels[0])
      #expect(isClose(schedule.betas[1], decoders.beta_1.double, tolerance), "\(decoders.path)")
      let best = data.optimalVariance(from: first, to: data0)
      #expect(isClose(best, decoders.optimal_isotropic.double, tolerance), "\(decoders.path)")
      if !decoders.beta_tilde_2.isNull {
        let variance = StepVariances.last(along: schedule.levels(visiting: nil))
        #expect(isClose(variance, decoders.beta_tilde_2.double, tolerance), "\(decoders.path)")
      }
      // With the full covariance the chain is the exact reversal: only the prior is missed.  Equations (11.6)
      let miss = data.diffused(to: schedule.levels[schedule.steps]).divergence(from: .isotropic())
      #expect(isClose(miss, chain.kl_of_q_T_to_prior_nats.double, tolerance), "\(chain.path)")
      #expect(isClose(data.bound(.optimal, schedule: schedule).nats, data.entropy + miss, tolerance))
    }
  }

  @Test("At fixed points, too, and there the bound holds: above the model's own −log p")
  func fixedPoints() throws {
    let fixture = try Fixture.load("elbo_gaussian")
    let data = Self.data(fixture)
    let tolerance = fixture.tolerance
    for (point, expected) in zip(fixture.x0_points.points, fixture.log_density_at_x0.doubles) {
      #expect(isClose(data.logDensity(point), expected, tolerance))
    }
    for chain in fixture.chains.list {
      let schedule = try DiscreteSchedule(chain)
      for entry in chain.at_fixed_x0.list {
        let x = entry.x0.point
        var bounds: [ReverseVariance: VariationalBound] = [:]
        for (name, variance) in Self.variances where variance.isTrainable {
          let bound = data.bound(at: x, variance, schedule: schedule)
          bounds[variance] = bound
          #expect(isClose(bound.prior.nats, entry.L_T_nats.double, tolerance), "\(entry.path)")
          #expect(
            isClose(bound.nats, entry.negative_elbo_nats[name].double, tolerance), "\(name), \(entry.path)")
          let density = data.modelMarginal(variance, schedule: schedule).logDensity(x)
          let reference = entry.log_density_of_model_marginal[name].double
          #expect(isClose(density, reference, tolerance), "\(name), \(entry.path)")
          #expect(bound.nats > -density, "\(name), \(entry.path)")
        }
        for row in entry.rows.list { try compare(row, x, data, schedule, bounds, tolerance) }
      }
    }
  }

  private func compare(
    _ row: Fixture, _ x: SIMD2<Double>, _ data: Gaussian, _ schedule: DiscreteSchedule,
    _ bounds: [ReverseVariance: VariationalBound], _ tolerance: Double
  ) throws {
    let t = row.t.int
    let error = data.squaredError(of: x, at: schedule.levels[t]).trace
    #expect(isClose(error, row.expected_squared_x0_error.double, tolerance), "\(row.path)")
    let (posterior, transition) = (try #require(bounds[.posterior]), try #require(bounds[.transition]))
    if t == 1 {
      #expect(isClose(transition.reconstruction.nats, row.L_0_nats_decoder_beta_1.double, tolerance))
      if !row.L_0_nats_decoder_beta_tilde_2.isNull {
        let expected = row.L_0_nats_decoder_beta_tilde_2.double
        #expect(isClose(posterior.reconstruction.nats, expected, tolerance), "\(row.path)")
      }
      return
    }
    for (bound, name) in [(posterior, "beta_tilde"), (transition, "beta")] {
      let term = try #require(bound.steps.first { $0.start == t })
      #expect(isClose(term.nats, row["L_t_minus_1_nats_variance_" + name].double, tolerance), "\(row.path)")
    }
    // Equations (6.9): the weight of the error of ε in the term with β̃.
    let step = ReversePosterior(from: schedule.levels[t], to: schedule.levels[t - 1])
    let factor = step.cleanCoefficient * schedule.levels[t].sigma
    let weight = factor * factor / (2 * step.variance)
    #expect(isClose(weight, row.eps_form_weight_beta_tilde.double, tolerance), "\(row.path)")
  }

  @Test("Averaged over x₀ the bound at a point is the bound, for every variance and a strided chain")
  func average() {
    let data = GaussianTests.data
    let schedule = DiscreteSchedule.cosine(steps: 50)
    let visited = schedule.visits(steps: 10)
    for variance in ReverseVariance.exactlyBounded {
      let bound = data.bound(variance, schedule: schedule, visiting: visited)
      #expect(bound.steps.count == 9)
      // The bound at a point is quadratic in it, so its mean over N(m, S) is that over m ± √d·(columns of √S).
      let root = data.covariance.squareRoot
      let columns = [SIMD2(root.xx, root.xy), SIMD2(root.xy, root.yy)]
      let points = columns.flatMap { [Double.sqrt(2) * $0, -Double.sqrt(2) * $0] }
      let mean = points.reduce(0) {
        $0 + data.bound(at: data.mean + $1, variance, schedule: schedule, visiting: visited).nats / 4
      }
      #expect(isClose(mean, bound.nats, 1e-12), "\(variance)")
      // The model's law is no closer to the data than the bound says: cross entropy below bound.
      let marginal = data.modelMarginal(variance, schedule: schedule, visiting: visited)
      #expect(data.entropy + data.divergence(from: marginal) < bound.nats + 1e-12, "\(variance)")
    }
  }

  @Test("In other units only the reconstruction moves, by d·log scale; the data's entropy moves alike")
  func units() {
    let data = GaussianTests.data
    let bound = data.bound(.transition, schedule: .cosine(steps: 10))
    let raw = bound.inUnits(scale: 3)
    #expect(raw.steps == bound.steps && raw.prior == bound.prior)
    #expect(isClose(raw.nats - bound.nats, 2 * Double.log(3), 1e-14))
    let wide = Gaussian(mean: 3 * data.mean, covariance: 9 * data.covariance)
    #expect(isClose(raw.nats - wide.entropy, bound.nats - data.entropy, 1e-14))
  }

  @Test("With β̃ the bound stays above the entropy by some tenths of a nat, however long the chain")
  func neverTight() {
    // Equations (6.11): 0.58 nats in the sum for constant β, 0.8 to 0.9 for growing β, and what L_0 loses.
    let data = Gaussian.isotropic()
    let schedules = [DiscreteSchedule.linear(steps: 1000), .cosine(steps: 1000), .vpExact(steps: 4000)]
    for schedule in schedules {
      let gap = data.bound(.posterior, schedule: schedule).nats - data.entropy
      #expect(gap > 0.6 && gap < 1.3, "\(schedule.name)")
    }
    let tight = data.bound(.transition, schedule: .linear(steps: 1000)).nats - data.entropy
    #expect(tight > 0 && tight < 2e-3)
  }
}

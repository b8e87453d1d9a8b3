import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@Suite("The oracle's second order and its transitions", .fixtures)
struct SecondOrderTests {
  @Test("One Gaussian: the posterior covariance is s²·S·C⁻¹ wherever the point is")
  func oneGaussian() {
    let s = SymmetricMatrix(xx: 1.1, xy: 0.4, yy: 0.5)
    let level = NoiseLevel(signal: 0.6, noise: 0.8)
    let mixture = GaussianMixture.gaussian(mean: SIMD2(1, 2), covariance: s).diffused(to: level)
    // (S⁻¹ + a²/s² I)⁻¹ by two inversions.
    let expected = (s.inverse + SymmetricMatrix(isotropic: 0.36 / 0.64)).inverse
    for x in [SIMD2(0.0, 0), SIMD2(3, -1)] {
      let covariance = mixture.posteriorCovariance(x)
      #expect(isClose(covariance, expected, 1e-14))
    }
  }

  @Test("Hessian and posterior covariance agree with the reference")
  func reference() throws {
    let fixture = try Fixture.load("gmm_oracle")
    for entry in fixture.cases.list {
      let level = NoiseLevel(signal: entry.a.double, noise: entry.s.double)
      let mixture = GaussianMixture(fixture.gmms[entry.gmm.string]).diffused(to: level)
      for point in entry["points"].list {
        let x = point.x.point
        let covariance = mixture.posteriorCovariance(x)
        #expect(
          isClose(covariance, SymmetricMatrix(point.cov_x0_given_xt), fixture.tolerance), "\(point.path)")
        // Equations (10.5), solved for ∇² log p_t: a difference of two numbers of the size 1/s².
        let precision = 1 / (level.noise * level.noise)
        let factor = level.signal * precision
        let hessian = (factor * factor) * covariance - SymmetricMatrix(isotropic: precision)
        #expect(
          isClose(hessian, SymmetricMatrix(point.hessian_log_density), fixture.tolerance), "\(point.path)")
      }
    }
  }

  @Test("The exact reverse transition agrees with the reference, component by component")
  func reverseKernel() throws {
    let fixture = try Fixture.load("reverse_kernel")
    for entry in fixture.reverse_kernel.list {
      let schedule = try DiscreteSchedule(entry, of: fixture)
      let oracle = GaussianMixture(fixture.gmms[entry.gmm.string])
      let (from, to) = (schedule.level(step: entry.t.int), schedule.level(step: entry.s.int))
      let x = entry.xt.point
      let transition = oracle.reverseTransition(x, from: from, to: to)
      let tolerance = fixture.tolerance
      for (k, component) in transition.components.enumerated() {
        #expect(isClose(component.weight, entry.component_weights[k].double, tolerance), "\(entry.path)")
        #expect(isClose(component.mean, entry.component_means[k].point, tolerance), "\(entry.path)")
        #expect(
          isClose(component.covariance, SymmetricMatrix(entry.component_covariances[k]), tolerance),
          "\(entry.path)")
      }
      #expect(isClose(transition.mean, entry.mean.point, tolerance), "\(entry.path)")
      let variance = ReversePosterior(from: from, to: to).variance
      #expect(isClose(variance, entry.beta_tilde_or_strided.double, tolerance), "\(entry.path)")
      #expect(
        isClose(
          oracle.reverseCovariance(PointCloud([x]), from: from, to: to)[0], SymmetricMatrix(entry.covariance),
          tolerance), "\(entry.path)")
    }
  }

  @Test("Variances, the norm of the score, irreducible errors and the best R² agree with the reference")
  func optimalVariance() throws {
    let fixture = try Fixture.load("reverse_kernel")
    let tolerance = fixture.tolerance
    for table in fixture.optimal_variance.list {
      let schedule = try DiscreteSchedule(table, of: fixture)
      let oracle = GaussianMixture(fixture.gmms[table.gmm.string])
      for row in table.rows.list {
        let (from, to) = (schedule.level(step: row.t.int), schedule.level(step: row.t.int - 1))
        func agrees(_ ours: Double, _ theirs: Fixture) {
          #expect(isClose(ours, theirs.double, tolerance), "\(theirs.path)")
        }
        let error = oracle.denoisingError(at: from)
        agrees(error, row.expected_trace_cov_x0)
        agrees(error / 2, row.irreducible_x0_mse_per_coordinate)
        agrees(oracle.optimalVariance(from: from, to: to), row.optimal_isotropic_variance)
        agrees(schedule.betas[row.t.int], row.beta)
        agrees(schedule.posteriorVariance(step: row.t.int), row.beta_tilde)
        let noiseError = oracle.irreducibleNoiseError(at: from)
        agrees(noiseError, row.irreducible_eps_mse_per_coordinate)
        // ε has variance 1 a coordinate, x₀ that of the data.
        agrees(1 - noiseError, row.max_r2_eps)
        agrees(1 - error / oracle.covariance.trace, row.max_r2_x0)
        let norm = oracle.expectation(at: from) { ($0.score($1) * $0.score($1)).sum() }
        agrees(norm, row.expected_squared_score_norm)
      }
    }
  }
}

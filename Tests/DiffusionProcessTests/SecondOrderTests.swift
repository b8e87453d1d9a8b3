import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@Suite("The oracle's second order and its transitions")
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
        #expect(
          isClose(mixture.hessian(x), SymmetricMatrix(point.hessian_log_density), fixture.tolerance),
          "\(point.path)")
        #expect(
          isClose(mixture.posteriorCovariance(x), SymmetricMatrix(point.cov_x0_given_xt), fixture.tolerance),
          "\(point.path)")
      }
    }
  }

  @Test("The exact reverse transition agrees with the reference, component by component")
  func reverseKernel() throws {
    let fixture = try Fixture.load("reverse_kernel")
    for entry in fixture.reverse_kernel.list {
      let schedule = try #require(DiscreteSchedule(fixture: entry.schedule.string, steps: entry.T.int))
      let oracle = GaussianMixture(fixture.gmms[entry.gmm.string])
      let (from, to) = (schedule.level(step: entry.t.int), schedule.level(step: entry.s.int))
      let x = entry.xt.point
      let transition = oracle.diffused(to: from).reverseTransition(x, to: to)
      let tolerance = fixture.tolerance
      for (k, component) in transition.components.enumerated() {
        #expect(isClose(component.weight, entry.component_weights[k].double, tolerance), "\(entry.path)")
        #expect(isClose(component.mean, entry.component_means[k].point, tolerance), "\(entry.path)")
        #expect(
          isClose(component.covariance, SymmetricMatrix(entry.component_covariances[k]), tolerance),
          "\(entry.path)")
      }
      #expect(isClose(transition.mean, entry.mean.point, tolerance), "\(entry.path)")
      #expect(
        isClose(
          oracle.reverseCovariance(PointCloud([x]), from: from, to: to)[0], SymmetricMatrix(entry.covariance),
          tolerance), "\(entry.path)")
    }
  }

  @Test("The optimal variance and the irreducible errors agree with the reference")
  func optimalVariance() throws {
    let fixture = try Fixture.load("reverse_kernel")
    for table in fixture.optimal_variance.list {
      let schedule = try #require(DiscreteSchedule(fixture: table.schedule.string, steps: table.T.int))
      let oracle = GaussianMixture(fixture.gmms[table.gmm.string])
      for row in table.rows.list {
        let (from, to) = (schedule.level(step: row.t.int), schedule.level(step: row.t.int - 1))
        let tolerance = fixture.tolerance
        let error = oracle.denoisingError(at: from)
        #expect(isClose(error, row.expected_trace_cov_x0.double, tolerance), "\(row.path)")
        #expect(
          isClose(
            oracle.optimalVariance(from: from, to: to), row.optimal_isotropic_variance.double, tolerance),
          "\(row.path)")
        #expect(
          isClose(
            oracle.irreducibleNoiseError(at: from), row.irreducible_eps_mse_per_coordinate.double, tolerance),
          "\(row.path)")
      }
    }
  }
}

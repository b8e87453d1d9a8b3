import DiffusionProcess
import Evaluation
import PointClouds
import TestSupport
import Testing

@Suite("Errors of noise prediction", .fixtures)
struct NoisePredictionTests {
  static let schedule = DiscreteSchedule.cosine(steps: 100)

  /// The error of a denoiser of the oracle's data.
  func error(of denoiser: any Denoiser, _ oracle: GaussianMixture, points: Int, levels: Int)
    -> NoisePredictionError
  {
    let heldOut = oracle.sample(count: points, noise: NoiseSource(seed: 1, purpose: .heldOut))
    return NoisePredictionError(
      of: denoiser, heldOut: heldOut, schedule: Self.schedule, levels: levels, oracle: oracle,
      noise: NoiseSource(seed: 1, purpose: .forward))
  }

  @Test("The exact denoiser errs by the floor and has no excess; on one Gaussian the floor is ᾱ")
  func irreducible() throws {
    let oracle = GaussianMixture.gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: 1))
    let error = error(of: oracle, oracle, points: 4000, levels: 10)
    #expect(error.rows.count == 10 && error.points == 4000)
    for row in error.rows {
      // Unit Gaussian data: MSE* = ᾱ (Equations 13.3). Its sampling error is MSE·√(2/(n·d)) = 1.6 %; allow 5 of
      // them.
      let expected = Self.schedule.alphaBars[row.step]
      #expect(isClose(try #require(row.floor), expected, 1e-10), "t = \(row.step)")
      #expect(abs(row.mse - expected) < 5 * expected * (2.0 / 8000).squareRoot(), "t = \(row.step)")
      #expect(row.excess == 0)
      // R² is 1 − MSE but for the sample's own variance of ε, which is 1 within 1.6 %.
      #expect(abs(row.r2 - (1 - row.mse)) < 5 * row.mse * (2.0 / 8000).squareRoot() + 1e-4)
    }
    #expect(error.excess == 0)
    #expect(try #require(error.floor) > 0.3)
  }

  @Test("The excess of a wrong denoiser is its own error, and MSE minus floor estimates it")
  func excess() throws {
    /// Says the posterior mean, moved by as much as makes ε̂ wrong by 0.3 in one coordinate.
    struct Shifted: Denoiser {
      let oracle: GaussianMixture
      func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) {
        clean = oracle.denoise(noisy, at: level).map { $0 + SIMD2(0.3 * level.sigma, 0) }
      }
    }
    let oracle = try #require(Toys.all.named("aniso3")?.mixture)
    let error = error(of: Shifted(oracle: oracle), oracle, points: 4000, levels: 8)
    for row in error.rows {
      // 0.3² / 2, but for the rounding of a division by the signal at the noisiest level.
      #expect(isClose(try #require(row.excess), 0.045, 1e-6), "t = \(row.step)")
      // MSE: 1.6 % of at most 1.1, five times over.
      #expect(abs(row.mse - (try #require(row.floor)) - 0.045) < 0.09, "t = \(row.step)")
    }
    let none = NoisePredictionError(
      of: oracle, heldOut: oracle.sample(count: 10, noise: NoiseSource(seed: 1, purpose: .heldOut)),
      schedule: Self.schedule, levels: 3, noise: NoiseSource(seed: 1, purpose: .forward))
    #expect(none.floor == nil && none.excess == nil)
  }

  @Test("Every statistic agrees with the reference, by level and pooled")
  func reference() throws {
    let fixture = try Fixture.load("noise_prediction_eval")
    let tolerance = fixture.tolerance
    var overall = ErrorStatistics()
    for row in fixture.per_timestep.list {
      let statistics = ErrorStatistics(predicted: row.eps_hat.points, truth: row.eps.points)
      overall = overall + statistics
      #expect(isClose(statistics.mse, row.mse.double, tolerance), "\(row.path)")
      #expect(isClose(statistics.rmse, row.rmse.double, tolerance), "\(row.path)")
      #expect(isClose(statistics.mae, row.mae.double, tolerance), "\(row.path)")
      #expect(isClose(statistics.r2, row.r2_pooled.double, tolerance), "\(row.path)")
    }
    #expect(isClose(overall.mse, fixture.over_all_timesteps.mse.double, tolerance))
    #expect(isClose(overall.r2, fixture.over_all_timesteps.r2_pooled.double, tolerance))
    let losses = try Fixture.load("losses")
    let simple = ErrorStatistics(predicted: losses.eps_hat.points, truth: losses.eps.points)
    #expect(isClose(simple.mse, losses.mse_mean_over_batch_and_coordinates.double, tolerance))
  }
}

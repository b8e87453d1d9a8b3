import DiffusionProcess
import Evaluation
import PointClouds
import TestSupport
import Testing

@Suite("Score cards")
struct ScoreCardTests {
  /// Standard normal draws, independent for every index.
  func truth(_ index: Int, _ count: Int) -> PointCloud {
    NoiseSource(seed: UInt64(index), purpose: .truth).normalCloud(count: count)
  }

  @Test("True samples score near the floor, shifted ones far above it")
  func tellsApart() {
    let good = ScoreCard(samples: truth(99, 1000), repetitions: 8, truth: truth)
    let bad = ScoreCard(samples: truth(99, 1000).map { $0 + SIMD2(0.5, 0) }, repetitions: 8, truth: truth)
    for (a, b) in zip(good.rows, bad.rows) {
      // Five deviations either way: a true draw stays within them, a shift by half a deviation does not.
      #expect(abs(a.value - a.floor) < 5 * a.floorDeviation, "\(a.name)")
      #expect(b.value > b.floor + 5 * b.floorDeviation, "\(b.name)")
    }
  }

  @Test("The energy floor is 2/n · E‖X − X′‖ on average")
  func energyFloor() throws {
    let card = ScoreCard(samples: truth(99, 500), repetitions: 40, truth: truth)
    let row = try #require(card.rows.first { $0.name == "energy distance" })
    // E‖X − X′‖ of two standard normals of the plane is √π.
    let expected = 2.0 / 500 * Double.pi.squareRoot()
    #expect(abs(row.floor - expected) < 5 * row.floorDeviation / 40.0.squareRoot())
  }

  @Test("The exact denoiser's noise error on one Gaussian is the irreducible one")
  func irreducible() {
    let oracle = GaussianMixture.gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: 1))
    let schedule = DiscreteSchedule.cosine(steps: 100)
    let heldOut = NoiseSource(seed: 1, purpose: .heldOut).normalCloud(count: 4000)
    let error = NoisePredictionError(
      of: oracle, heldOut: heldOut, schedule: schedule, levels: 10,
      noise: NoiseSource(seed: 1, purpose: .forward))
    #expect(error.rows.count == 10)
    for row in error.rows {
      // Unit Gaussian data: MSE* = ᾱ (13.3). Its sampling error is MSE·√(2/(n·d)) = 1.6 %; allow 5 of them.
      let expected = schedule.alphaBars[row.step]
      #expect(abs(row.mse - expected) < 5 * expected * (2.0 / 8000).squareRoot(), "t = \(row.step)")
    }
  }

  @Test("Errors of fixed predictions agree with the reference")
  func reference() throws {
    /// Says x₀ so that the predicted noise is the given one.
    struct Fixed: Denoiser {
      let epsilon: [SIMD2<Double>]
      func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) {
        for i in 0..<noisy.count { clean[i] = (noisy[i] - level.noise * epsilon[i]) / level.signal }
      }
    }
    let fixture = try Fixture.load("noise_prediction_eval")
    for row in fixture.per_timestep.list {
      let epsilon = PointCloud(row.eps.points)
      let mse = NoisePredictionError.mse(
        of: Fixed(epsilon: row.eps_hat.points), clean: PointCloud(zeros: epsilon.count), epsilon: epsilon,
        level: NoiseLevel(signal: 0.6, noise: 0.8))
      #expect(isClose(mse, row.mse.double, fixture.tolerance), "\(row.path)")
    }
  }
}

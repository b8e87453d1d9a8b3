import DiffusionProcess
import PointClouds
import RealModule
import TestSupport
import Testing

@Suite("Weights of losses", .fixtures)
struct LossWeightTests {
  static let schedule = DiscreteSchedule.cosine(steps: 50)

  @Test("One weighting is one loss, whatever is predicted", arguments: Prediction.allCases)
  func oneLoss(_ prediction: Prediction) throws {
    let (clean, predicted) = (SIMD2(0.7, -1.1), SIMD2(0.5, -0.8))
    for name in ["cosine", "sub-vp", "ve", "flow"] {
      let schedule = try #require(DiscreteSchedule.named(name, steps: 20))
      let table = PredictionTable(prediction, schedule: schedule)
      let reference = PredictionTable(.clean, schedule: schedule)
      for weight in LossWeights.all where weight.name != "simple" {
        for t in 1...19 {
          let level = schedule.levels[t]
          let noisy = level.noisy(clean, SIMD2(-0.4, 0.9))
          func output(_ clean: SIMD2<Double>) -> SIMD2<Double> {
            table.target(clean: clean, epsilon: (noisy - level.signal * clean) / level.noise, at: level)
          }
          func loss(_ table: PredictionTable, _ error: SIMD2<Double>) -> Double {
            weight.weight(table, step: t, of: schedule) * (error * error).sum()
          }
          let (a, b) = (loss(table, output(predicted) - output(clean)), loss(reference, predicted - clean))
          // The difference of two outputs that a small noise makes large.
          #expect(isClose(a, b, 1e-9 * max(1, b)), "\(weight.name), \(name) at \(t)")
        }
      }
    }
  }

  @Test("Weights are finite and not negative on every chain; normalized, their mean is 1")
  func finite() {
    for entry in DiscreteSchedule.all {
      let schedule = entry.make(30)
      for weight in LossWeights.all {
        for prediction in Prediction.allCases {
          let weights = weight.weights(prediction, schedule: schedule)
          #expect(
            weights.allSatisfy { $0 >= 0 && $0.isFinite }, "\(weight.name) of \(prediction), \(entry.name)")
          let mean = weight.weights(prediction, schedule: schedule, normalized: true).reduce(0, +) / 30
          #expect(isClose(mean, 1, 1e-12), "\(weight.name) of \(prediction), \(entry.name)")
        }
      }
    }
    #expect(LossWeights.all.named("min-snr")?.name == "min-snr" && LossWeights.all.named("nosuch") == nil)
  }

  @Test("Min-SNR weights agree with the reference, for ε, x₀ and v")
  func minSNR() throws {
    let fixture = try Fixture.load("losses")
    let weight = MinSNRWeight(gamma: fixture.min_snr_gamma.double)
    for row in fixture.min_snr.list {
      // A chain of one step to this SNR: 1 − β = SNR / (1 + SNR).
      let schedule = DiscreteSchedule(name: "one", betas: [1 / (1 + row.snr.double)])
      let expected: [(Prediction, Double)] = [
        (.clean, row.min_snr_weight_x0.double), (.epsilon, row.min_snr_weight_eps.double),
        (.v, row.min_snr_weight_v.double),
      ]
      for (prediction, value) in expected {
        let ours = weight.weights(prediction, schedule: schedule)[0]
        #expect(isClose(ours, value, fixture.tolerance), "\(prediction) of \(row.path)")
      }
    }
  }

  @Test("Denoising score matching agrees with the reference, with σ² and with likelihood weighting")
  func scoreMatching() throws {
    let fixture = try Fixture.load("losses")
    let (epsilon, predicted) = (fixture.eps.points, fixture.eps_hat.points)
    let error =
      zip(epsilon, predicted).reduce(0) { $0 + (($1.0 - $1.1) * ($1.0 - $1.1)).sum() } / Double(epsilon.count)
    #expect(isClose(error, fixture.mse_sum_over_coordinates_mean_over_batch.double, fixture.tolerance))
    for entry in fixture.denoising_score_matching.list {
      let process = try entry.process.continuousProcess(entry.process_parameters)
      let (t, s) = (entry.t.double, entry.s.double)
      // ‖ŝ + ε/s‖² = ‖ε̂ − ε‖² / s².
      let plain = process.level(at: t).noise * process.level(at: t).noise / (s * s) * error
      #expect(isClose(plain, entry.weight_s2_equals_eps_mse.double, fixture.tolerance), "\(entry.path)")
      let likelihood = process.squaredDiffusion(at: t) / (s * s) * error
      #expect(isClose(likelihood, entry.weight_likelihood_g2.double, fixture.tolerance), "\(entry.path)")
      // The weight of a chain that visits the time is g² on the score.
      let (schedule, step) = try PredictionTests.chain(of: process, visiting: entry.t)
      let table = PredictionTable(.score, schedule: schedule)
      let g = LikelihoodWeight().weight(table, step: step, of: schedule)
      #expect(
        isClose(g / (s * s) * error, entry.weight_likelihood_g2.double, fixture.tolerance), "\(entry.path)")
      let square = ScoreMatchingWeight().weight(table, step: step, of: schedule)
      #expect(isClose(square, s * s, fixture.tolerance), "\(entry.path)")
    }
  }

  @Test("Likelihood weights sum to the bound of a long chain")
  func likelihood() {
    // ½ ∫ −dSNR/dt E‖x₀ − x̂₀‖² (Equations 6.10) over steps 2...T is the bound's with β̃, but for discretization.
    let schedule = DiscreteSchedule.vpExact(steps: 4000)
    let data = Gaussian.isotropic()
    let weights = LikelihoodWeight().weights(.clean, schedule: schedule)
    let bound = data.bound(.posterior, schedule: schedule)
    let range = 200...4000
    let integral = range.reduce(0) {
      $0 + 0.5 * weights[$1 - 1] * data.denoisingError(at: schedule.levels[$1]) / 4000
    }
    let terms = bound.steps.filter { range.contains($0.start) }.reduce(0) { $0 + $1.nats }
    // The step's length over the time where it starts: 1/200, and a half of it.
    #expect(abs(integral / terms - 1) < 5e-3)
  }

  @Test("EDM's coefficients agree with the reference")
  func edm() throws {
    let fixture = try Fixture.load("losses")
    let edm = EDMPreconditioning(dataStandardDeviation: fixture.edm_sigma_data.double)
    let tolerance = fixture.tolerance
    for row in fixture.edm_preconditioning.list {
      let sigma = row.sigma.double
      #expect(isClose(edm.skip(sigma), row.c_skip.double, tolerance), "\(row.path)")
      #expect(isClose(edm.output(sigma), row.c_out.double, tolerance), "\(row.path)")
      #expect(isClose(edm.input(sigma), row.c_in.double, tolerance), "\(row.path)")
      #expect(isClose(edm.noise(sigma), row.c_noise.double, tolerance), "\(row.path)")
      #expect(isClose(edm.weight(sigma), row.loss_weight.double, tolerance), "\(row.path)")
      let schedule = DiscreteSchedule(name: "one", sigmas: [sigma])
      let weight = EDMWeight(dataStandardDeviation: edm.dataStandardDeviation).weights(
        .clean, schedule: schedule)[0]
      #expect(isClose(weight, row.loss_weight.double, tolerance), "\(row.path)")
    }
    let example = fixture.edm_denoised_example
    let denoised = edm.denoised(
      example.x.point, network: example.network_output.point, sigma: example.sigma.double)
    #expect(isClose(denoised, example.denoised.point, tolerance))
  }

  @Test("In standard units EDM's network says −v, and its loss is the plain one of v")
  func edmIsV() {
    let edm = EDMPreconditioning()
    let (clean, noise) = (SIMD2(0.7, -1.1), SIMD2(-0.4, 0.9))
    for sigma in [0.01, 0.5, 1, 20] {
      let target = edm.target(clean: clean, noisy: clean + sigma * noise, sigma: sigma)
      let v = Prediction.v.target(
        clean: clean, epsilon: noise, at: NoiseLevel(variancePreserving: sigma))
      // x₀ − c_skip·x loses the digits of 1/σ.
      #expect(isClose(-1 * target, v, 1e-13))
    }
    for weight in EDMWeight().weights(.v, schedule: Self.schedule) { #expect(isClose(weight, 1, 1e-12)) }
  }

  @Test("P2's weight of the error of ε is 1/(1 + SNR): s² where the chain preserves variance")
  func p2() {
    let table = PredictionTable(.epsilon, schedule: Self.schedule)
    for t in [1, 10, 25, 49] {
      let level = Self.schedule.levels[t]
      #expect(
        isClose(P2Weight().weight(table, step: t, of: Self.schedule), level.noise * level.noise, 1e-14))
    }
  }
}

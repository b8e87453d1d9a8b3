import DiffusionProcess
import Evaluation
import PointClouds
import ReverseSampling
import TestSupport
import Testing

/// The reference has eight runs of 2,000 points; two of each suffice to tell a wrong sampler from a right one.
@Suite("What a perfect network gives")
struct SamplerQualityTests {
  static let repetitions = 2

  @Test("Samples of the oracle are as good as the reference's, sampler by sampler", arguments: [0, 1])
  func rows(index: Int) throws {
    let fixture = try Fixture.load("sampler_quality")
    let result = fixture.results[index]
    let mixture = GaussianMixture(fixture.gmms[result.gmm.string])
    let count = result.n.int
    let truths = (0..<Self.repetitions).map {
      mixture.sample(count: count, noise: NoiseSource(seed: UInt64($0), purpose: .truth))
    }
    // Longer chains are as good as these, and take most of the time.
    for row in result.rows.list where row.steps.int <= 50 {
      let (sampler, grid) = try #require(Self.chain(row, fixture), "\(row.sampler.string)")
      var distances = 0.0
      var surprise = 0.0
      for r in 0..<Self.repetitions {
        let seed = UInt64(r)
        let samples = sampler.sample(
          from: grid.start(count: count, noise: NoiseSource(seed: seed, purpose: .start)), along: grid,
          using: mixture, noise: NoiseSource(seed: seed, purpose: .sampling))
        distances += slicedWasserstein(samples, truths[r])
        let diffused = mixture.diffused(to: .clean)
        surprise -= samples.points.reduce(0) { $0 + diffused.logDensity($1) } / Double(count)
      }
      let runs = Double(Self.repetitions)
      // Five standard errors of a mean of two beside one of eight. The spread of eight runs is itself uncertain by
      // a quarter, so no less than a typical one of all rows is taken.
      let share = 5 * (1 / runs + 1 / result.repetitions.double).squareRoot()
      let distance = row.sliced_w2
      #expect(
        abs(distances / runs - distance.mean.double) < share * max(distance.std.double, 0.02),
        "\(row.sampler.string), \(row.steps.int) steps: \(distances / runs) for \(distance.mean.double)")
      #expect(
        abs(surprise / runs - row.nll.mean.double) < share * max(row.nll.std.double, 0.025),
        "\(row.sampler.string), \(row.steps.int) steps: \(surprise / runs) for \(row.nll.mean.double)")
    }
  }

  /// The sampler and the levels of a row.
  static func chain(_ row: Fixture, _ fixture: Fixture) -> (any Sampler, TimeGrid)? {
    let steps = row.steps.int
    let discrete = TimeGrid(.cosine(steps: fixture.discrete_chain.T.int), steps: steps)
    let process = VariancePreserving(
      betaMin: fixture.sde_vp.beta_min.double, betaMax: fixture.sde_vp.beta_max.double)
    let edm = TimeGrid(
      sigmas: SigmaGrid.karras(
        count: steps, sigmaMin: fixture.edm.sigma_min.double, sigmaMax: fixture.edm.sigma_max.double,
        rho: fixture.edm.rho.double) + [0])
    switch row.sampler.string {
    case "ancestral_beta_tilde": return (Ancestral(variance: .posterior), discrete)
    case "ancestral_beta": return (Ancestral(variance: .transition), discrete)
    case "ancestral_optimal_full_covariance":
      return (Ancestral(variance: .optimal, noiseOnLastStep: true), discrete)
    case "ddim_eta0": return (DDIM(), discrete)
    case "euler_maruyama":
      return (
        EulerMaruyama(noiseOnLastStep: false), TimeGrid(process, steps: steps, end: 0)
      )
    case "edm_heun": return (EDMHeun(), edm)
    case "dpm_solver_pp_2m": return (DPMSolverPlusPlus(), edm)
    default: return nil
    }
  }
}

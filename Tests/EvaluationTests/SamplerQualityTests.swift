import DiffusionProcess
import Evaluation
import PointClouds
import ReverseSampling
import TestSupport
import Testing

/// The reference has eight runs of 2,000 points; two of each suffice to tell a wrong sampler from a right one.
@Suite("What a perfect network gives", .fixtures)
struct SamplerQualityTests {
  static let repetitions = 2

  /// One run's numbers by the names that the file gives them.
  static func measures(
    _ samples: PointCloud, _ truth: PointCloud, _ mixture: GaussianMixture, directions: Int
  ) -> [String: Double] {
    let modes = ModeStatistics(of: samples, mixture)
    return [
      "sliced_w2": slicedWasserstein(samples, truth, directions: directions),
      "energy_u": energyDistance(samples, truth, unbiased: true),
      "mode_mass_tv": modes.massError(),
      "high_quality_fraction": modes.highQualityFraction,
      "nll": negativeLogLikelihood(of: samples, under: mixture),
    ]
  }

  @Test("Samples of the oracle are as good as the reference's, sampler by sampler, and cost as much")
  func rows() throws {
    let fixture = try Fixture.load("sampler_quality")
    let directions = fixture.L.int
    for result in fixture.results.list {
      let mixture = GaussianMixture(fixture.gmms[result.gmm.string])
      let count = result.n.int
      let truths = (0..<2 * Self.repetitions).map {
        mixture.sample(count: count, noise: NoiseSource(seed: UInt64($0), purpose: .truth))
      }
      // Five standard errors of a mean of two beside one of the reference's runs. The spread of eight runs is itself
      // uncertain by a quarter, so no less than a typical one of all rows is taken.
      let share = 5 * (1 / Double(Self.repetitions) + 1 / result.repetitions.double).squareRoot()
      let names = result.noise_floor.members.keys
      let typical = Dictionary(
        uniqueKeysWithValues: names.map { name in
          (name, result.rows.list.reduce(0) { $0 + $1[name].std.double } / Double(result.rows.list.count))
        })
      func compare(_ runs: [[String: Double]], _ reference: Fixture) throws {
        for name in names {
          let values = try runs.map { try #require($0[name], "\(reference.path) has \(name)") }
          let (ours, theirs) = (values.reduce(0, +) / Double(runs.count), reference[name])
          let spread = max(theirs.std.double, typical[name] ?? 0)
          #expect(abs(ours - theirs.mean.double) < share * spread, "\(theirs.path): \(ours)")
        }
      }
      try compare(
        (0..<Self.repetitions).map {
          Self.measures(truths[$0 + Self.repetitions], truths[$0], mixture, directions: directions)
        }, result.noise_floor)
      let counts = Set(result.rows.list.map(\.steps.int))
      let longest = counts.count > 1 ? counts.max() : nil
      for row in result.rows.list {
        let (sampler, grid) = try Self.chain(row, fixture)
        #expect(sampler.evaluations(along: grid) == row.network_evaluations.int, "\(row.path)")
        // The longest chains are as good as the next shorter, and take half of the time.
        if row.steps.int == longest { continue }
        let runs = (0..<Self.repetitions).map { r in
          let seed = UInt64(r)
          let samples = sampler.sample(
            from: grid.start(count: count, noise: NoiseSource(seed: seed, purpose: .start)), along: grid,
            using: mixture, noise: NoiseSource(seed: seed, purpose: .sampling))
          return Self.measures(samples, truths[r], mixture, directions: directions)
        }
        try compare(runs, row)
      }
    }
  }

  /// The sampler and the levels of a row.
  static func chain(_ row: Fixture, _ fixture: Fixture) throws -> (any Sampler, TimeGrid) {
    let steps = row.steps.int
    let discrete = TimeGrid(try DiscreteSchedule(fixture.discrete_chain), steps: steps)
    let process = VariancePreserving(fixture.sde_vp)
    let edm = TimeGrid(
      sigmas: SigmaGrid.karras(
        count: steps, sigmaMin: fixture.edm.sigma_min.double, sigmaMax: fixture.edm.sigma_max.double,
        rho: fixture.edm.rho.double) + [0])
    if let eta = Fixture.ddimEta(row.sampler.string) { return (DDIM(eta: eta), discrete) }
    switch row.sampler.string {
    case "ancestral_beta_tilde": return (Ancestral(variance: .posterior), discrete)
    case "ancestral_beta": return (Ancestral(variance: .transition), discrete)
    case "ancestral_optimal_full_covariance":
      return (Ancestral(variance: .optimal, noiseOnLastStep: true), discrete)
    case "euler_maruyama":
      return (
        EulerMaruyama(noiseOnLastStep: false), TimeGrid(process, steps: steps, end: 0)
      )
    case "edm_heun": return (EDMHeun(), edm)
    case "dpm_solver_pp_2m": return (DPMSolverPlusPlus(), edm)
    default: throw UnknownName(fixture: row.sampler)
    }
  }
}

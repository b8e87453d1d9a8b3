import DiffusionProcess
import PointClouds
import ReverseSampling
import TestSupport
import Testing

@Suite("Trajectories")
struct TrajectoryTests {
  @Test("DDIM(1) is the ancestral chain with the posterior's variance")
  func familyMember() {
    let oracle = GaussianMixture.gaussian(mean: SIMD2(1, 0), covariance: SymmetricMatrix(isotropic: 0.1))
    let grid = TimeGrid(.cosine(steps: 100), steps: 10)
    let start = grid.start(count: 20, noise: NoiseSource(seed: 1, purpose: .start))
    let noise = NoiseSource(seed: 1, purpose: .sampling)
    let a = DDIM(eta: 1).sample(from: start, along: grid, using: oracle, noise: noise)
    let b = Ancestral(variance: .posterior).sample(from: start, along: grid, using: oracle, noise: noise)
    // The same numbers by two routes; rounding grows with 1/a at the first level, about 1e3 here.
    for i in 0..<20 { #expect(isClose(a[i], b[i], 1e-11)) }
  }

  @Test("A trajectory ends at the samples of the same seed")
  func sameAsSample() {
    let oracle = GaussianMixture.gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: 1))
    let grid = TimeGrid(VariancePreserving(), steps: 50, end: 0)
    let start = grid.start(count: 10, noise: NoiseSource(seed: 2, purpose: .start))
    let noise = NoiseSource(seed: 2, purpose: .sampling)
    for (entry, sampler) in SamplerRegistryTests.gaussian {
      let samples = sampler.sample(from: start, along: grid, using: oracle, noise: noise)
      let trajectory = sampler.trajectory(from: start, along: grid, using: oracle, noise: noise)
      #expect(trajectory.samples == samples, "\(entry.name)")
      #expect(trajectory.path(of: 3).count == 51)
    }
  }

  @Test("A grid of N steps ends at the data and visits no level twice")
  func grid() {
    let schedule = DiscreteSchedule.cosine(steps: 7)
    for steps in 1...7 {
      let grid = TimeGrid(schedule, steps: steps)
      #expect(grid.steps == steps)
      #expect(grid.levels[0] == schedule.level(step: 7))
      #expect(grid.levels[steps] == .clean)
      #expect(Set(grid.times).count == steps + 1)
    }
  }

  @Test("The first particles do not change when more are drawn")
  func prefixStable() {
    let oracle = GaussianMixture.gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: 1))
    let grid = TimeGrid(.cosine(steps: 20), steps: 20)
    func samples(_ count: Int) -> PointCloud {
      Ancestral().sample(
        from: grid.start(count: count, noise: NoiseSource(seed: 5, purpose: .start)), along: grid,
        using: oracle, noise: NoiseSource(seed: 5, purpose: .sampling))
    }
    #expect(samples(100).prefix(10) == samples(10))
  }
}

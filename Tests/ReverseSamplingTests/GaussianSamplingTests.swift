import DiffusionProcess
import PointClouds
import ReverseSampling
import TestSupport
import Testing

/// On Gaussian data with the exact denoiser every sampler is an affine map of its start and its noise, so the
/// law of what it produces is known exactly: one particle a basis vector reads the map off.
@Suite("Sampling Gaussian data with the exact denoiser")
struct GaussianSamplingTests {
  static let samplers: [String: any Sampler] = [
    "beta_tilde": Ancestral(variance: .posterior),
    "beta": Ancestral(variance: .transition),
    "beta_with_noise_on_last_step": Ancestral(variance: .transition, noiseOnLastStep: true),
    "ddim_eta0": DDIM(eta: 0),
    "ddim_eta0.5": DDIM(eta: 0.5),
  ]
  static let schedules = ["linear": "linear-unscaled", "cosine": "cosine"]

  @Test("Mean and covariance of the samples are the known ones, for every chain of the reference")
  func reference() throws {
    let fixture = try Fixture.load("gaussian_sampling")
    let rows = fixture.covariance.points
    let oracle = GaussianMixture.gaussian(
      mean: fixture.mean.point, covariance: SymmetricMatrix(xx: rows[0].x, xy: rows[0].y, yy: rows[1].y))
    var compared = 0
    for chain in fixture.chains.list {
      guard let sampler = Self.samplers[chain.kind.string],
        let name = Self.schedules[chain.schedule.string]
      else { continue }
      let schedule = try #require(DiscreteSchedule.named(name, steps: chain.T.int))
      let grid =
        chain.timesteps_decreasing.isNull
        ? TimeGrid(schedule, steps: chain.steps.int)
        : TimeGrid(schedule, visiting: chain.timesteps_decreasing.list.map(\.int))
      let (mean, covariance) = law(of: sampler, along: grid, using: oracle)
      let expected = chain.final_covariance.points
      #expect(isClose(mean, chain.final_mean.point, fixture.tolerance), "\(chain.path)")
      #expect(isClose(covariance.xx, expected[0].x, fixture.tolerance), "\(chain.path)")
      #expect(isClose(covariance.xy, expected[0].y, fixture.tolerance), "\(chain.path)")
      #expect(isClose(covariance.yy, expected[1].y, fixture.tolerance), "\(chain.path)")
      compared += 1
    }
    #expect(compared == 25, "five samplers on five chains")
  }

  /// The exact mean and covariance of what a sampler makes of N(0, I), read off unit vectors.
  ///
  /// Particle 0 starts at the origin without noise and ends at the mean; each other particle has one unit
  /// vector, in its start or in the noise of one step, and ends one column further.
  func law(
    of sampler: any Sampler, along grid: TimeGrid, using oracle: GaussianMixture
  ) -> (mean: SIMD2<Double>, covariance: SymmetricMatrix) {
    let axes = [SIMD2(1.0, 0), SIMD2(0, 1.0)]
    let columns = 2 * (grid.steps + 1)
    var start = PointCloud(zeros: columns + 1)
    start[1] = axes[0]
    start[2] = axes[1]
    let noise = (0..<grid.steps).map { step in
      var normals = PointCloud(zeros: columns + 1)
      normals[3 + 2 * step] = axes[0]
      normals[4 + 2 * step] = axes[1]
      return normals.points
    }
    let ends = sampler.sample(
      from: start, along: grid, using: oracle, noise: NoiseSource(recorded: noise))
    var covariance = SymmetricMatrix(isotropic: 0)
    for i in 1...columns {
      let v = ends[i] - ends[0]
      covariance = covariance + SymmetricMatrix(xx: v.x * v.x, xy: v.x * v.y, yy: v.y * v.y)
    }
    return (ends[0], covariance)
  }
}

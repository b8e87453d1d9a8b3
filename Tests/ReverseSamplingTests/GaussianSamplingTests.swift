import DiffusionProcess
import PointClouds
import RealModule
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
    "optimal_full_covariance": Ancestral(variance: .optimal, noiseOnLastStep: true),
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
    #expect(compared == 30, "six samplers on five chains")
  }

  @Test("The law of Euler–Maruyama and of the ODE's Euler is the reference's, and converges at first order")
  func continuousTime() throws {
    let fixture = try Fixture.load("gaussian_sampling")
    let data = Self.data(fixture)
    let process = VariancePreserving()
    var errors: [(steps: Int, maruyama: Double, euler: Double)] = []
    for row in fixture.sde_vp.rows.list where row.N.int <= 320 {
      let grid = TimeGrid(process, steps: row.N.int, end: 0)
      let start = Gaussian(
        mean: grid.levels[0].signal * fixture.mean.point, covariance: data.diffused(grid.levels[0]))
      let (mean, covariance) = law(of: EulerMaruyama(), along: grid, using: data.oracle, start)
      #expect(isClose(mean, row.em_mean.point, fixture.tolerance), "\(row.path)")
      #expect(isClose(covariance, SymmetricMatrix(row.em_covariance), fixture.tolerance), "\(row.path)")
      let (odeMean, odeCovariance) = law(of: FlowEuler(), along: grid, using: data.oracle, start)
      #expect(isClose(odeMean, row.ode_mean.point, fixture.tolerance), "\(row.path)")
      #expect(isClose(odeCovariance, SymmetricMatrix(row.ode_covariance), fixture.tolerance), "\(row.path)")
      errors.append(
        (row.N.int, covariance.distance(data.covariance), odeCovariance.distance(data.covariance)))
    }
    let steps = errors.suffix(3).map { Double($0.steps) }
    #expect(abs(fittedOrder(steps, errors.suffix(3).map(\.maruyama)) - 1) < 0.15)
    #expect(abs(fittedOrder(steps, errors.suffix(3).map(\.euler)) - 1) < 0.15)
  }

  @Test("Dormand–Prince follows the known flow map")
  func flowMap() throws {
    let fixture = try Fixture.load("gaussian_sampling")
    let data = Self.data(fixture)
    for row in fixture.pf_ode_flow_map.list where row.t.double > 0 {
      let grid = TimeGrid(VariancePreserving(), times: [1, row.t.double])
      let solver = DormandPrince(tolerance: .init(absolute: 1e-10, relative: 1e-10))
      let end = solver.sample(
        from: PointCloud([row.x_at_t1.point]), along: grid, using: data.oracle,
        noise: NoiseSource(seed: 0, purpose: .sampling))
      // The tolerance of a step is 1e-10, of some tens of steps a hundred times that at most.
      #expect(isClose(end[0], row.x_at_t.point, 1e-8), "\(row.path)")
    }
  }

  @Test(
    "Samplers that add noise are of the documented order in the law of the samples",
    arguments: [
      Ancestral(variance: .transition), Ancestral(variance: .posterior), DDIM(eta: 0.5),
      EulerMaruyama(), Ancestral(variance: .analytic),
      GaussianMixtureSolver(),
    ] as [any Sampler])
  func weakOrders(sampler: any Sampler) throws {
    let data = Self.data(try Fixture.load("gaussian_sampling"))
    let process = VariancePreserving()
    let counts = [100, 200, 400]
    let errors = counts.map { steps in
      let grid = TimeGrid(process, steps: steps, end: 0.1)
      var sampler = sampler
      if let ancestral = sampler as? Ancestral, ancestral.variance == .analytic {
        let analytic = AnalyticVariance(averages: data.averages(grid), dataVariance: 0.8)
        sampler = Ancestral(variance: .analytic, analytic: analytic)
      }
      let start = Gaussian(
        mean: grid.levels[0].signal * data.mean, covariance: data.diffused(grid.levels[0]))
      let end = law(of: sampler, along: grid, using: data.oracle, start).covariance
      return end.distance(data.diffused(grid.levels[steps]))
    }
    #expect(abs(fittedOrder(counts.map(Double.init), errors) - Double(sampler.order)) < 0.15)
  }

  @Test("Analytic-DPM's averages over noised data are the closed form's, within their sampling error")
  func analyticAverages() throws {
    let data = Self.data(try Fixture.load("gaussian_sampling"))
    let grid = TimeGrid(.cosine(steps: 10), steps: 10)
    let count = 20_000
    let cloud = data.oracle.sample(count: count, noise: NoiseSource(seed: 3, purpose: .data))
    let analytic = AnalyticVariance(
      estimatedBy: data.oracle, on: cloud, along: grid.levels, noise: NoiseSource(seed: 3, purpose: .forward))
    #expect(analytic.averages.count == 10, "every level but that of the data")
    for (level, average) in analytic.averages {
      let exact = level.noise * level.noise / 2 * data.diffused(level).inverse.trace
      // Γ averages squares of 2 · 20,000 normals: a relative deviation of at most √(2/20,000) = 0.01.
      #expect(abs(average - exact) < 0.05 * exact, "\(level)")
    }
    // 0.8 is the trace of the covariance, halved.
    #expect(abs(analytic.dataVariance - 0.8) < 0.04)
  }

  @Test(
    "Langevin's samplers on a hundred geometric levels reach the data's spread, but for their known bias",
    arguments: [AnnealedLangevin(), PredictorCorrector()] as [any Sampler])
  func langevin(sampler: any Sampler) {
    let variance = 0.5
    let oracle = GaussianMixture.gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: variance))
    let grid = TimeGrid(sigmas: SigmaGrid.logLinear(count: 100, sigmaMin: 0.01, sigmaMax: 10) + [0])
    let start = grid.start(count: 4000, noise: NoiseSource(seed: 6, purpose: .start))
    let ends = sampler.sample(
      from: start, along: grid, using: oracle, noise: NoiseSource(seed: 6, purpose: .sampling))
    let spread = ends.points.reduce(0) { $0 + ($1 * $1).sum() } / Double(2 * ends.count)
    // The sampling error of a variance from 8,000 numbers is √(2/8,000) = 0.016.
    #expect(spread / variance > 0.95 && spread / variance < 1.1, "\(spread / variance)")
  }

  /// A Gaussian's mean and covariance with its exact denoiser.
  struct Data {
    let mean: SIMD2<Double>
    let covariance: SymmetricMatrix
    var oracle: GaussianMixture { .gaussian(mean: mean, covariance: covariance) }

    /// The covariance a²S + s²I at a level.
    func diffused(_ level: NoiseLevel) -> SymmetricMatrix {
      level.signal * level.signal * covariance
        + SymmetricMatrix(isotropic: level.noise * level.noise)
    }

    /// Γ of every level in closed form: E‖ε*‖²/d = s²/d · tr C⁻¹.
    func averages(_ grid: TimeGrid) -> [NoiseLevel: Double] {
      Dictionary(
        uniqueKeysWithValues: grid.levels.map {
          ($0, $0.noise * $0.noise / 2 * diffused($0).inverse.trace)
        })
    }
  }

  /// Where chains start.
  struct Gaussian {
    let mean: SIMD2<Double>
    let covariance: SymmetricMatrix
  }

  static func data(_ fixture: Fixture) -> Data {
    Data(mean: fixture.mean.point, covariance: SymmetricMatrix(fixture.covariance))
  }

  /// The exact mean and covariance of what a sampler makes of N(0, I), read off unit vectors.
  ///
  /// Particle 0 starts at the origin without noise and ends at the mean; each other particle has one unit
  /// vector, in its start or in the noise of one step, and ends one column further.
  func law(
    of sampler: any Sampler, along grid: TimeGrid, using oracle: GaussianMixture,
    _ law: Gaussian = Gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: 1))
  ) -> (mean: SIMD2<Double>, covariance: SymmetricMatrix) {
    let axes = [SIMD2(1.0, 0), SIMD2(0, 1.0)]
    let columns = 2 * (grid.steps + 1)
    var start = PointCloud(zeros: columns + 1)
    let factor = law.covariance.cholesky
    start = start.map { _ in law.mean }
    start[1] += factor * axes[0]
    start[2] += factor * axes[1]
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

extension SymmetricMatrix {
  /// The Frobenius norm of the difference.
  func distance(_ other: SymmetricMatrix) -> Double {
    let d = self - other
    return d.traceOfProduct(d).squareRoot()
  }
}

/// The slope of −log error against log steps by least squares.
func fittedOrder(_ steps: [Double], _ errors: [Double]) -> Double {
  let (x, y) = (steps.map { Double.log($0) }, errors.map { -Double.log($0) })
  let (meanX, meanY) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
  let products = zip(x, y).map { ($0 - meanX) * ($1 - meanY) }
  return products.reduce(0, +) / x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
}

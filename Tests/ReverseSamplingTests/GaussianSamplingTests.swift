import DiffusionProcess
import PointClouds
import RealModule
import ReverseSampling
import TestSupport
import Testing

/// On Gaussian data with the exact denoiser every sampler is an affine map of its start and its noise, so the
/// law of what it produces is known exactly: one particle a basis vector reads the map off.
@Suite("Sampling Gaussian data with the exact denoiser", .fixtures)
struct GaussianSamplingTests {
  /// The sampler that the file calls `kind`; `nil` where it is none of these.
  static func sampler(_ kind: String) -> (any Sampler)? {
    if let eta = Fixture.ddimEta(kind) { return DDIM(eta: eta) }
    return switch kind {
    case "beta_tilde": Ancestral(variance: .posterior)
    case "beta": Ancestral(variance: .transition)
    case "beta_with_noise_on_last_step": Ancestral(variance: .transition, noiseOnLastStep: true)
    case "optimal_full_covariance": Ancestral(variance: .optimal, noiseOnLastStep: true)
    default: nil
    }
  }

  @Test("Mean and covariance of the samples are the known ones, for every chain of the reference")
  func reference() throws {
    let fixture = try Fixture.load("gaussian_sampling")
    let oracle = Self.data(fixture).oracle
    for chain in fixture.chains.list {
      let sampler = try #require(Self.sampler(chain.kind.string), "\(chain.path)")
      let schedule = try DiscreteSchedule(chain)
      let grid =
        chain.timesteps_decreasing.isNull
        ? TimeGrid(schedule, steps: chain.steps.int)
        : TimeGrid(schedule, visiting: chain.timesteps_decreasing.list.map(\.int))
      let (mean, covariance) = law(of: sampler, along: grid, using: oracle)
      #expect(isClose(mean, chain.final_mean.point, fixture.tolerance), "\(chain.path)")
      let expected = SymmetricMatrix(chain.final_covariance)
      #expect(isClose(covariance, expected, fixture.tolerance), "\(chain.path)")
    }
  }

  @Test("The law of Euler–Maruyama and of the ODE's Euler is the reference's, and errs by as much")
  func continuousTime() throws {
    let fixture = try Fixture.load("gaussian_sampling")
    let data = Self.data(fixture)
    let process = VariancePreserving(fixture.sde_vp.parameters)
    for row in fixture.sde_vp.rows.list {
      let grid = TimeGrid(process, steps: row.N.int, end: 0)
      let start = Gaussian(
        mean: grid.levels[0].signal * fixture.mean.point, covariance: data.diffused(grid.levels[0]))
      let (mean, covariance) = law(of: EulerMaruyama(), along: grid, using: data.oracle, start)
      #expect(isClose(mean, row.em_mean.point, fixture.tolerance), "\(row.path)")
      #expect(isClose(covariance, SymmetricMatrix(row.em_covariance), fixture.tolerance), "\(row.path)")
      let (odeMean, odeCovariance) = law(of: FlowEuler(), along: grid, using: data.oracle, start)
      #expect(isClose(odeMean, row.ode_mean.point, fixture.tolerance), "\(row.path)")
      #expect(isClose(odeCovariance, SymmetricMatrix(row.ode_covariance), fixture.tolerance), "\(row.path)")
      for (law, error) in [
        (covariance, row.em_covariance_error_frobenius),
        (odeCovariance, row.ode_covariance_error_frobenius),
      ] {
        #expect(isClose(law.distance(data.covariance), error.double, fixture.tolerance), "\(error.path)")
      }
    }
  }

  @Test("Dormand–Prince follows the known flow map")
  func flowMap() throws {
    let fixture = try Fixture.load("gaussian_sampling")
    let data = Self.data(fixture)
    let process = VariancePreserving(fixture.sde_vp.parameters)
    for row in fixture.pf_ode_flow_map.list where row.t.double > 0 {
      let grid = TimeGrid(process, times: [1, row.t.double])
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
  func weakOrders(sampler: any Sampler) {
    let data = Self.ownData
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

  static let ownData = Data(mean: SIMD2(0.4, -0.3), covariance: SymmetricMatrix(xx: 1.1, xy: 0.4, yy: 0.5))

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

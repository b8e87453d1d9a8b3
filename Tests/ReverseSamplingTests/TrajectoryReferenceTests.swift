import DiffusionProcess
import PointClouds
import ReverseSampling
import Synchronization
import TestSupport
import Testing

@Suite("Trajectories on the exact mixture", .fixtures)
struct TrajectoryReferenceTests {
  /// The sampler of a key of the file; `nil` where the key is another thing's.
  static func sampler(_ name: String) -> (any Sampler)? {
    if let eta = Fixture.ddimEta(name) { return DDIM(eta: eta) }
    return switch name {
    case "ancestral_beta_tilde": Ancestral(variance: .posterior)
    case "ancestral_beta": Ancestral(variance: .transition)
    case "ancestral_optimal_full_covariance": Ancestral(variance: .optimal)
    case "dpm_solver_pp_2m": DPMSolverPlusPlus()
    default: nil
    }
  }

  /// What the chains of the file have in common.
  struct Setting {
    let fixture: Fixture
    let oracle: GaussianMixture
    /// The starting points in units of the prior's deviation.
    let unit: PointCloud
    let tolerance: Double
    /// The discrete chain, and its visited steps.
    let schedule: DiscreteSchedule
    let visited: [Int]
    var grid: TimeGrid { TimeGrid(schedule, visiting: visited) }

    init() throws {
      fixture = try Fixture.load("trajectories")
      oracle = GaussianMixture(fixture.gmm_definition)
      unit = PointCloud(fixture.x_start_unit_noise.points)
      tolerance = fixture.tolerance
      schedule = try DiscreteSchedule(fixture.discrete_chain)
      visited = fixture.timesteps_decreasing.list.map(\.int)
    }

    /// Whether a cloud is the reference's.
    func expect(_ cloud: PointCloud, _ reference: Fixture) {
      let points = reference.points
      #expect(cloud.count == points.count, "\(reference.path)")
      for (ours, theirs) in zip(cloud.points, points) {
        #expect(isClose(ours, theirs, tolerance), "\(reference.path)")
      }
    }

    /// Whether every cloud of a chain is the reference's.
    func expect(_ clouds: some Collection<PointCloud>, _ states: [Fixture], _ comment: String) {
      #expect(clouds.count == states.count, "\(comment)")
      for (cloud, state) in zip(clouds, states) { expect(cloud, state) }
    }
  }

  @Test("Every step of every sampler lands where the reference does, on the reference's noise")
  func reference() throws {
    let setting = try Setting()
    let fixture = setting.fixture
    let noise = NoiseSource(recorded: fixture.injected_noise.list.map(\.points))
    var compared = 0
    for (name, steps) in fixture.members {
      guard let sampler = Self.sampler(name) else { continue }
      let chain = sampler.trajectory(
        from: setting.unit, along: setting.grid, using: setting.oracle, noise: noise)
      setting.expect(chain.clouds.dropFirst(), steps.list.map(\.x_next), name)
      for (i, step) in steps.list.enumerated() {
        compare(step, i, sampler, from: chain.clouds[i], setting)
      }
      compared += 1
    }
    #expect(compared >= 3, "DDIM, the ancestral chain and DPM-Solver++ at least")
  }

  /// Compares what the file says of one step beside where it lands.
  private func compare(
    _ step: Fixture, _ i: Int, _ sampler: any Sampler, from cloud: PointCloud, _ setting: Setting
  ) {
    let (grid, level, tolerance) = (setting.grid, setting.grid.levels[i], setting.tolerance)
    /// Where the step leads when each particle's noise is this.
    func end(_ noise: SIMD2<Double>, _ sampler: any Sampler) -> PointCloud {
      var (sampler, x) = (sampler, cloud)
      let normals = [SIMD2<Double>](repeating: noise, count: x.count)
      sampler.step(
        &x, over: i, of: grid, using: setting.oracle,
        noise: NoiseSource(recorded: [[SIMD2<Double>]](repeating: normals, count: i + 1)).at(step: i))
      return x
    }
    if step["step"].isNull {
      #expect(step.t.int == setting.visited[i] && step.s.int == setting.visited[i + 1], "\(step.path)")
    } else {
      #expect(step["step"].int == i + 1)
      // At first order the step is DDIM's.
      let isDDIM = zip(end(.zero, DDIM()).points, step.x_next.points).allSatisfy {
        isClose($0, $1, tolerance)
      }
      #expect((step.order.int == 1) == isDDIM, "\(step.path)")
    }
    if !step.x0_hat.isNull { setting.expect(setting.oracle.denoise(cloud, at: level), step.x0_hat) }
    if !step.eps_hat.isNull {
      setting.expect(setting.oracle.predictedNoise(cloud, at: level), step.eps_hat)
    }
    if step.mean.isNull { return }
    let mean = end(.zero, sampler)
    setting.expect(mean, step.mean)
    let (byX, byY) = (end(SIMD2(1, 0), sampler), end(SIMD2(0, 1), sampler))
    for k in 0..<cloud.count {
      let columns = (byX[k] - mean[k], byY[k] - mean[k])
      let factor = LowerTriangle(xx: columns.0.x, yx: columns.0.y, yy: columns.1.y)
      #expect(isClose(columns.1.x, 0, tolerance), "\(step.path)")
      if step.cholesky.isNull {
        let variance = SymmetricMatrix(isotropic: step.variance.double)
        #expect(isClose(factor.product, variance, tolerance), "\(step.path)")
      } else {
        let rows = step.cholesky[k].points
        #expect(isClose(SIMD2(factor.xx, 0), rows[0], tolerance), "\(step.path)")
        #expect(isClose(SIMD2(factor.yx, factor.yy), rows[1], tolerance), "\(step.path)")
      }
    }
  }

  /// A denoiser that remembers what it was asked.
  final class Listener: Denoiser {
    private let oracle: GaussianMixture
    private let heard = Mutex<[(cloud: PointCloud, level: NoiseLevel)]>([])
    var questions: [(cloud: PointCloud, level: NoiseLevel)] { heard.withLock { $0 } }

    init(_ oracle: GaussianMixture) { self.oracle = oracle }

    func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) {
      heard.withLock { $0.append((noisy, level)) }
      oracle.denoise(noisy, at: level, into: &clean)
    }
  }

  @Test("EDM's sampler lands where the reference does, with churn and without")
  func edm() throws {
    let setting = try Setting()
    let (fixture, tolerance) = (setting.fixture, setting.tolerance)
    let p = fixture.edm_parameters
    let sigmas = SigmaGrid.karras(
      count: p.N.int, sigmaMin: p.sigma_min.double, sigmaMax: p.sigma_max.double, rho: p.rho.double)
    let grid = TimeGrid(sigmas: sigmas + [0])
    let listed = fixture.edm_sigmas.doubles
    #expect(listed.count == sigmas.count || listed.count == sigmas.count + 1)
    for (ours, theirs) in zip(sigmas + [0], listed) { #expect(isClose(ours, theirs, tolerance)) }
    let start = setting.unit.map { $0 * grid.priorStandardDeviation }
    let noise = NoiseSource(recorded: fixture.edm_noise.list.map(\.points))
    let churned = EDMHeun(
      churn: p.S_churn.double, churnRange: p.S_min.double...p.S_max.double,
      noiseInflation: p.S_noise.double)
    for (name, sampler) in [("edm_heun_deterministic", EDMHeun()), ("edm_heun_churn", churned)] {
      let steps = fixture[name].list
      let chain = sampler.trajectory(from: start, along: grid, using: setting.oracle, noise: noise)
      setting.expect(chain.clouds.dropFirst(), steps.map(\.x_next), name)
      for (i, step) in steps.enumerated() {
        let listener = Listener(setting.oracle)
        var (sampler, x) = (sampler, chain.clouds[i])
        sampler.step(&x, over: i, of: grid, using: listener, noise: noise.at(step: i))
        // The first question of a step is at σ̂.
        let raised = try #require(listener.questions.first).level.sigma
        #expect(isClose(sigmas[i], step.sigma.double, tolerance), "\(step.path)")
        #expect(isClose(grid.levels[i + 1].sigma, step.sigma_next.double, tolerance), "\(step.path)")
        if step.gamma.isNull {
          #expect(raised == sigmas[i])
        } else {
          #expect(isClose(raised, step.sigma_hat.double, tolerance), "\(step.path)")
          #expect(isClose(raised / sigmas[i] - 1, step.gamma.double, tolerance), "\(step.path)")
        }
      }
    }
  }

  @Test("Solvers in continuous time land where the reference does")
  func continuousTime() throws {
    let setting = try Setting()
    let fixture = setting.fixture
    let process = try fixture.pf_ode.process.continuousProcess(fixture.pf_ode.parameters)
    let grid = TimeGrid(process, times: fixture.pf_ode.t_grid.doubles)
    let none = NoiseSource(seed: 0, purpose: .sampling)
    let solvers: [(String, any Sampler)] = [
      ("euler_states", FlowEuler()), ("heun_states", FlowHeun()),
      ("rk4_states", FlowRK4()),
      ("dormand_prince_fixed_step_states", FixedStepDormandPrince()),
    ]
    for (name, solver) in solvers {
      let chain = solver.trajectory(from: setting.unit, along: grid, using: setting.oracle, noise: none)
      let states = fixture.pf_ode[name].list
      setting.expect(chain.clouds.suffix(states.count), states, name)
    }

    let reference = fixture.euler_maruyama
    // The file states the parameters of its process once.
    let diffusion = try reference.process.continuousProcess(fixture.pf_ode.parameters)
    let noise = NoiseSource(recorded: reference.noise.list.map(\.points))
    let chain = EulerMaruyama().trajectory(
      from: setting.unit, along: TimeGrid(diffusion, times: reference.t_grid.doubles), using: setting.oracle,
      noise: noise)
    let states = reference.states.list
    setting.expect(chain.clouds.suffix(states.count), states, "euler_maruyama")
  }

  @Test("Annealed Langevin lands where the reference does")
  func langevin() throws {
    let setting = try Setting()
    let annealed = setting.fixture.annealed_langevin
    let sigmas = annealed.sigmas.doubles
    let last = sigmas[sigmas.count - 1]
    let sampler = AnnealedLangevin(
      relativeStep: annealed.step_epsilon.double / (last * last),
      stepsPerLevel: annealed.steps_per_level.int)
    let chain = sampler.trajectory(
      from: setting.unit.map { $0 * sigmas[0] }, along: TimeGrid(sigmas: sigmas + [0]), using: setting.oracle,
      noise: NoiseSource(recorded: annealed.noise.list.flatMap { $0.list.map(\.points) }))
    let states = annealed.state_after_each_level.list.dropLast() + [annealed.final_denoised]
    setting.expect(chain.clouds.dropFirst(), Array(states), "annealed_langevin")
  }

  @Test("Predictor–corrector lands where the reference does, by its corrector and by its predictor")
  func predictorCorrector() throws {
    let setting = try Setting()
    let (corrected, tolerance) = (setting.fixture.predictor_corrector_ve, setting.tolerance)
    let steps = corrected.steps.list
    let (correctors, predictors) = (
      corrected.corrector_noise.list.map(\.points), corrected.predictor_noise.list.map(\.points)
    )
    let noise = NoiseSource(recorded: zip(correctors, predictors).flatMap { [$0, $1] })
    let grid = TimeGrid(sigmas: steps.map(\.sigma.double) + [0])
    let sampler = PredictorCorrector(signalToNoise: corrected.snr.double, noiseOnLastStep: true)
    let chain = sampler.trajectory(
      from: setting.unit.map { $0 * grid.priorStandardDeviation }, along: grid, using: setting.oracle,
      noise: noise)
    setting.expect(chain.clouds.dropFirst(), steps.map(\.x_next), "predictor_corrector_ve")

    let zeros = predictors.map { $0.map { _ in SIMD2<Double>.zero } }
    let still = NoiseSource(recorded: zip(correctors, zeros).flatMap { [$0, $1] })
    for (i, step) in steps.enumerated() {
      let listener = Listener(setting.oracle)
      var (sampler, x) = (sampler, chain.clouds[i])
      sampler.step(&x, over: i, of: grid, using: listener, noise: still.at(step: i))
      setting.expect(x, step.x_mean)
      #expect(isClose(grid.levels[i + 1].sigma, step.sigma_next.double, tolerance), "\(step.path)")
      // The predictor asks where the corrector has gone: ε·ψ + √(2ε)·ζ further.
      let (epsilon, questions) = (step.corrector_step.double, listener.questions)
      #expect(questions.count == 2)
      let scores = setting.oracle.predictedNoise(chain.clouds[i], at: grid.levels[i])
        .map { $0 / -grid.levels[i].noise }
      for k in 0..<x.count {
        let moved = epsilon * scores[k] + (2 * epsilon).squareRoot() * correctors[i][k]
        #expect(isClose(questions[1].cloud[k], chain.clouds[i][k] + moved, tolerance), "\(step.path)")
      }
    }
  }

  @Test("DDIM's inversion climbs as the reference does")
  func inversion() throws {
    let setting = try Setting()
    let (grid, steps) = (setting.grid, setting.fixture.ddim_inversion.list)
    let flow = try #require(setting.fixture.members.first { Fixture.ddimEta($0.key) == 0 }?.value)
    let data = flow.list[grid.steps - 1].x_next.points
    let listener = Listener(setting.oracle)
    let clouds = DDIMInversion().encode(PointCloud(data), along: grid, using: listener)
    setting.expect(clouds.dropFirst(), steps.map(\.x_next), "ddim_inversion")
    for (i, step) in steps.enumerated() {
      let (cloud, level) = listener.questions[i]
      setting.expect(setting.oracle.predictedNoise(cloud, at: level), step.eps_hat)
      let upwards = Array(setting.visited.reversed())
      #expect(step.s.int == upwards[i] && step.t.int == upwards[i + 1])
    }
  }
}

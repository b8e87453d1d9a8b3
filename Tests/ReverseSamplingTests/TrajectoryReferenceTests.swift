import DiffusionProcess
import PointClouds
import ReverseSampling
import TestSupport
import Testing

@Suite("Trajectories on the exact mixture")
struct TrajectoryReferenceTests {
  static let samplers: [(name: String, sampler: any Sampler)] = [
    ("ddim_eta0", DDIM(eta: 0)),
    ("ddim_eta_0.5", DDIM(eta: 0.5)),
    ("ddim_eta_1.0", DDIM(eta: 1)),
    ("ancestral_beta_tilde", Ancestral(variance: .posterior)),
    ("ancestral_beta", Ancestral(variance: .transition)),
    ("ancestral_optimal_full_covariance", Ancestral(variance: .optimal)),
    ("dpm_solver_pp_2m", DPMSolverPlusPlus()),
  ]

  @Test("Every step of every sampler lands where the reference does, on the reference's noise")
  func reference() throws {
    let fixture = try Fixture.load("trajectories")
    let oracle = GaussianMixture(fixture.gmm_definition)
    let schedule = DiscreteSchedule.cosine(steps: fixture.discrete_chain.T.int)
    let grid = TimeGrid(schedule, visiting: fixture.timesteps_decreasing.list.map(\.int))
    let noise = NoiseSource(recorded: fixture.injected_noise.list.map(\.points))
    for (name, sampler) in Self.samplers {
      let trajectory = sampler.trajectory(
        from: PointCloud(fixture.x_start_unit_noise.points), along: grid, using: oracle, noise: noise)
      #expect(trajectory.count == fixture[name].list.count + 1)
      for (i, step) in fixture[name].list.enumerated() {
        for (ours, theirs) in zip(trajectory.clouds[i + 1].points, step.x_next.points) {
          #expect(isClose(ours, theirs, fixture.tolerance), "\(step.path)")
        }
      }
    }
  }

  /// Whether every cloud of a chain after the first is the reference's.
  func expectStates(
    _ clouds: some Sequence<PointCloud>, _ states: [Fixture], _ tolerance: Double, _ comment: String
  ) {
    let clouds = Array(clouds)
    #expect(clouds.count == states.count, "\(comment)")
    for (cloud, state) in zip(clouds, states) {
      for (ours, theirs) in zip(cloud.points, state.points) {
        #expect(isClose(ours, theirs, tolerance), "\(state.path)")
      }
    }
  }

  @Test("EDM's sampler lands where the reference does, with churn and without")
  func edm() throws {
    let fixture = try Fixture.load("trajectories")
    let oracle = GaussianMixture(fixture.gmm_definition)
    let p = fixture.edm_parameters
    let sigmas = SigmaGrid.karras(
      count: p.N.int, sigmaMin: p.sigma_min.double, sigmaMax: p.sigma_max.double, rho: p.rho.double)
    let grid = TimeGrid(sigmas: sigmas + [0])
    let start = PointCloud(fixture.x_start_unit_noise.points).map { $0 * grid.priorDeviation }
    let noise = NoiseSource(recorded: fixture.edm_noise.list.map(\.points))
    let churned = EDMHeun(
      churn: p.S_churn.double, churnRange: p.S_min.double...p.S_max.double,
      noiseInflation: p.S_noise.double)
    for (name, sampler) in [("edm_heun_deterministic", EDMHeun()), ("edm_heun_churn", churned)] {
      let chain = sampler.trajectory(from: start, along: grid, using: oracle, noise: noise)
      expectStates(
        chain.clouds.dropFirst(), fixture[name].list.map(\.x_next), fixture.tolerance, name)
    }
  }

  @Test("Solvers in continuous time land where the reference does")
  func continuousTime() throws {
    let fixture = try Fixture.load("trajectories")
    let oracle = GaussianMixture(fixture.gmm_definition)
    let process = VariancePreserving()
    let start = PointCloud(fixture.x_start_unit_noise.points)
    let grid = TimeGrid(process, times: fixture.pf_ode.t_grid.doubles)
    let none = NoiseSource(seed: 0, purpose: .sampling)
    let solvers: [(String, any Sampler)] = [
      ("euler_states", FlowEuler()), ("heun_states", FlowHeun()),
      ("rk4_states", FlowRK4()),
      ("dormand_prince_fixed_step_states", DormandPrince(tolerance: nil)),
    ]
    for (name, solver) in solvers {
      let chain = solver.trajectory(from: start, along: grid, using: oracle, noise: none)
      let states = fixture.pf_ode[name].list
      expectStates(chain.clouds.suffix(states.count), states, fixture.tolerance, name)
    }

    let reference = fixture.euler_maruyama
    let noise = NoiseSource(recorded: reference.noise.list.map(\.points))
    let chain = EulerMaruyama().trajectory(
      from: start, along: TimeGrid(process, times: reference.t_grid.doubles), using: oracle, noise: noise)
    let states = reference.states.list
    expectStates(chain.clouds.suffix(states.count), states, fixture.tolerance, "euler_maruyama")
  }

  @Test("Langevin and predictor–corrector land where the reference does")
  func langevin() throws {
    let fixture = try Fixture.load("trajectories")
    let oracle = GaussianMixture(fixture.gmm_definition)
    let unit = PointCloud(fixture.x_start_unit_noise.points)

    let annealed = fixture.annealed_langevin
    let sigmas = annealed.sigmas.doubles
    let last = sigmas[sigmas.count - 1]
    let sampler = AnnealedLangevin(
      relativeStep: annealed.step_epsilon.double / (last * last),
      stepsPerLevel: annealed.steps_per_level.int)
    let chain = sampler.trajectory(
      from: unit.map { $0 * sigmas[0] }, along: TimeGrid(sigmas: sigmas + [0]), using: oracle,
      noise: NoiseSource(recorded: annealed.noise.list.flatMap { $0.list.map(\.points) }))
    let states = annealed.state_after_each_level.list.dropLast() + [annealed.final_denoised]
    expectStates(chain.clouds.dropFirst(), Array(states), fixture.tolerance, "annealed_langevin")

    let corrected = fixture.predictor_corrector_ve
    let steps = corrected.steps.list
    let noise = zip(corrected.corrector_noise.list, corrected.predictor_noise.list).flatMap {
      [$0.points, $1.points]
    }
    let grid = TimeGrid(sigmas: steps.map(\.sigma.double) + [0])
    let trajectory = PredictorCorrector(signalToNoise: corrected.snr.double, noiseOnLastStep: true)
      .trajectory(
        from: unit.map { $0 * grid.priorDeviation }, along: grid, using: oracle,
        noise: NoiseSource(recorded: noise))
    expectStates(
      trajectory.clouds.dropFirst(), steps.map(\.x_next), fixture.tolerance, "predictor_corrector_ve")
  }

  @Test("DDIM's inversion climbs as the reference does")
  func inversion() throws {
    let fixture = try Fixture.load("trajectories")
    let schedule = DiscreteSchedule.cosine(steps: fixture.discrete_chain.T.int)
    let grid = TimeGrid(schedule, visiting: fixture.timesteps_decreasing.list.map(\.int))
    let data = fixture.ddim_eta0.list[grid.steps - 1].x_next.points
    let clouds = DDIMInversion().encode(
      PointCloud(data), along: grid, using: GaussianMixture(fixture.gmm_definition))
    expectStates(
      clouds.dropFirst(), fixture.ddim_inversion.list.map(\.x_next), fixture.tolerance, "ddim_inversion")
  }

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

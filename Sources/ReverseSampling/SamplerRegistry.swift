import DiffusionProcess

/// The samplers that a name can ask for. A new one is one file and one line here.
package enum SamplerRegistry {
  /// What a name's sampler may be told.
  package struct Options: Sendable {
    /// η of DDIM, in 0...1; `nil` for its default.
    package var eta: Double?
    /// The ancestral chain's variance; `nil` for its default.
    package var variance: Ancestral.Variance?
    /// S_churn of EDM's sampler, at least 0; `nil` for its default.
    package var churn: Double?
    /// The continuous process of the chain, for samplers that step in time; `nil` for the VP SDE.
    package var process: (any ContinuousProcess)?

    /// Options for a sampler.
    package init(
      eta: Double? = nil, variance: Ancestral.Variance? = nil, churn: Double? = nil,
      process: (any ContinuousProcess)? = nil
    ) {
      self.eta = eta
      self.variance = variance
      self.churn = churn
      self.process = process
    }
  }

  /// What a sampler asks of the chain and the denoiser.
  package enum Need: Sendable, Hashable {
    /// Levels alone.
    case levels
    /// Signal at every level.
    case signal
    /// A denoiser that knows Cov[x₀ | x_t].
    case covariance
    /// A denoiser that knows three moments of each coordinate of x₀ | x_t.
    case moments
    /// A denoiser that knows both.
    case momentsAndCovariance
    /// A chain that samples a continuous process.
    case process
    /// The same, with drift and diffusion finite at its start.
    case diffusion
  }

  /// One sampler of the list.
  package struct Entry: Sendable {
    /// The name on the command line.
    package let name: String
    /// One line on what it is.
    package let summary: String
    /// Where it was published.
    package let paper: String
    /// What it asks of the chain and the denoiser.
    package let need: Need
    /// The name of the levels that it does best on.
    package let grid: String
    /// How many steps bring it, on those levels and with an exact denoiser, to where its samples cannot be told
    /// from data, or as near as it gets.
    package let steps: Int
    /// The sampler with these options.
    package let make: @Sendable (Options) -> any Sampler

    init(
      _ name: String, _ summary: String, _ paper: String, needs need: Need = .levels,
      on grid: String = GridFamily.chain.name, steps: Int,
      make: @escaping @Sendable (Options) -> any Sampler
    ) {
      self.name = name
      self.summary = summary
      self.paper = paper
      self.need = need
      self.grid = grid
      self.steps = steps
      self.make = make
    }

    /// Why the sampler cannot run on a grid with this denoiser; `nil` where it can.
    /// - Parameter process: whose times the grid visits, if a process's.
    package func problem(
      with denoiser: any Denoiser, along grid: TimeGrid, of process: (any ContinuousProcess)?
    ) -> String? {
      let hasSignal = grid.levels.allSatisfy { $0.signal > 0 }
      switch need {
      case .levels: return nil
      case .covariance: return OptimalAncestral.problem(with: denoiser)
      case .moments: return GaussianMixtureSolver.problem(with: denoiser)
      case .momentsAndCovariance:
        return GaussianMixtureSolver.problem(with: denoiser) ?? OptimalAncestral.problem(with: denoiser)
      case .signal: return hasSignal ? nil : "it works on x/a, and the levels begin without signal"
      case .process, .diffusion:
        guard let process else {
          return "it steps in continuous time, and these levels are those of no known process"
        }
        return need == .process || hasSignal
          ? nil : "the drift of \(process.name) is infinite at time 1; ode-rk4 and ddim go"
      }
    }
  }

  /// All samplers.
  package static let entries: [Entry] = [
    Entry("ddpm", "ancestral sampling", "Ho et al. 2020", steps: 250) {
      Ancestral(variance: $0.variance ?? .transition)
    },
    Entry(
      "ddpm-optimal", "ancestral, full optimal covariance", "Bao et al. 2022b", needs: .covariance, steps: 25
    ) { _ in OptimalAncestral() },
    Entry("analytic-dpm", "ancestral, optimal variance a step", "Bao et al. 2022a", steps: 50) { _ in
      AnalyticDPM()
    },
    Entry("gms", "two Gaussians by three moments a step", "Guo et al. 2023", needs: .moments, steps: 25) {
      _ in
      GaussianMixtureSolver()
    },
    Entry(
      "gms-published", "the same: one pick for both, no last draw", "Guo et al. 2023", needs: .moments,
      steps: 50
    ) { _ in GaussianMixtureSolver(picking: .perParticle, noiseOnLastStep: false) },
    Entry(
      "gms-full", "the same with the exact covariance", "this lab", needs: .momentsAndCovariance, steps: 25
    ) { _ in GaussianMixtureSolver(keepsCovariance: true) },
    Entry("ddim", "DDIM(eta), deterministic at eta 0", "Song et al. 2021a", steps: 50) {
      DDIM(eta: $0.eta ?? 0)
    },
    Entry("dpm++2m", "DPM-Solver++(2M), multistep in lambda", "Lu et al. 2022", on: "log-linear", steps: 25) {
      _ in
      DPMSolverPlusPlus()
    },
    Entry("edm", "Heun in sigma, with churn if asked", "Karras et al. 2022", on: "karras", steps: 25) {
      EDMHeun(churn: $0.churn ?? 0)
    },
    Entry("edm-euler", "Euler in sigma", "Karras et al. 2022", on: "karras", steps: 100) { _ in EDMEuler() },
    Entry("em", "Euler-Maruyama, reverse SDE", "Song et al. 2021b", needs: .diffusion, on: "vp", steps: 100) {
      EulerMaruyama($0.process ?? VariancePreserving(), noiseOnLastStep: false)
    },
    Entry("ode-euler", "Euler in time, PF-ODE", "Song et al. 2021b", needs: .process, on: "vp", steps: 100) {
      FlowEuler($0.process ?? VariancePreserving())
    },
    Entry("ode-heun", "Heun in time, PF-ODE", "Song et al. 2021b", needs: .process, on: "lambda", steps: 25) {
      FlowHeun($0.process ?? VariancePreserving())
    },
    Entry("ode-rk4", "Runge-Kutta 4 in time, PF-ODE", "Kutta 1901", needs: .process, on: "lambda", steps: 10)
    {
      FlowRK4($0.process ?? VariancePreserving())
    },
    Entry(
      "ode-dopri5", "adaptive 5(4) in time, PF-ODE", "Dormand and Prince 1980", needs: .process, on: "lambda",
      steps: 2
    ) { DormandPrince($0.process ?? VariancePreserving()) },
    Entry(
      "langevin", "annealed Langevin", "Song and Ermon 2019", needs: .signal, on: "log-linear", steps: 100
    ) { _ in AnnealedLangevin() },
    Entry("pc", "predictor-corrector", "Song et al. 2021b", needs: .signal, on: "log-linear", steps: 100) {
      _ in
      PredictorCorrector()
    },
  ]

  /// The entry of this name, or `nil` where there is none.
  package static func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }

  /// The sampler of this name, or `nil` where there is none.
  package static func named(_ name: String, _ options: Options = Options()) -> (any Sampler)? {
    entry(name)?.make(options)
  }
}

extension DiscreteSchedule {
  /// The continuous process whose levels the chain visits at t/T, where it is one of the lab's with its default
  /// rates; `nil` otherwise.
  package var process: (any ContinuousProcess)? {
    ProcessRegistry.all.first { process in
      (1...steps).allSatisfy { t in
        let (ours, theirs) = (levels[t], process.level(at: Double(t) / Double(steps)))
        // The chain may have summed its β; rounding is all that may differ.
        return abs(ours.signal - theirs.signal) < 1e-9 && abs(ours.noise - theirs.noise) < 1e-9
      }
    }
  }
}

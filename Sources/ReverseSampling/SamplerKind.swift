import DiffusionProcess
import PointClouds

/// A sampler with a name: what it is, the parameters that it takes, and how it is made from them.
///
/// Each sampler declares its kind in its own file, with its parameters, and has one line in ``Samplers/all``.
public struct SamplerKind: Named {
  /// The name on the command line.
  public let name: String
  /// A description in one line.
  public let summary: String
  /// Where it was published.
  public let paper: String
  /// The name of the grid that suits it best.
  package let grid: String
  /// The number of steps after which, on that grid and with an exact denoiser, its samples cannot be distinguished
  /// from data, or are as close as they get.
  public let steps: Int
  /// The parameters that it takes.
  public let parameters: [Parameter]
  /// The sampler with these parameters; those without a value have their defaults.
  public let make: @Sendable (ParameterValues) -> any SamplingRule

  init(
    _ name: String, _ summary: String, _ paper: String,
    on grid: String = GridFamily.chain.name, steps: Int, parameters: [Parameter] = [],
    make: @escaping @Sendable (ParameterValues) -> any SamplingRule
  ) {
    (self.name, self.summary, self.paper, self.grid, self.steps) = (name, summary, paper, grid, steps)
    (self.parameters, self.make) = (parameters, make)
  }
}

extension SamplerKind {
  /// The sampler with its defaults.
  public var rule: any SamplingRule { make([:]) }
}

/// What a sampler requires of the levels and the model.
public enum SamplerNeed: Sendable, Hashable {
  /// Nothing: any levels and any denoiser.
  case levels
  /// Signal at every level.
  case signal
  /// A denoiser that knows this variance of its steps.
  case variance(ReverseVariance)
  /// A denoiser that knows three moments of each coordinate of x₀ | x_t.
  case moments
  /// A denoiser that knows the moments and the optimal covariance.
  case momentsAndCovariance
  /// A chain that samples a continuous process.
  case process
  /// The same, with finite drift and diffusion at its start.
  case diffusion
  /// A score between walls.
  case walls

  /// Why a sampler with this need cannot run along a grid with this denoiser; `nil` if it can.
  package func problem(with denoiser: any Denoiser, along grid: TimeGrid) -> String? {
    let hasSignal = grid.levels.allSatisfy { $0.signal > 0 }
    switch self {
    case .levels: return nil
    case .variance(let variance): return variance.problem(with: denoiser)?.description
    case .moments: return GaussianMixtureSolver.problem(with: denoiser)
    case .momentsAndCovariance:
      return GaussianMixtureSolver.problem(with: denoiser)
        ?? ReverseVariance.optimal.problem(with: denoiser)?.description
    case .signal: return hasSignal ? nil : "it works on x/a, and the first level is without signal"
    case .process, .diffusion:
      guard let process = grid.process else {
        return "it steps in continuous time, and these levels belong to no known process"
      }
      return self == .process || hasSignal
        ? nil : "the drift of \(process.name) is infinite at time 1; take ode-rk4 or ddim"
    case .walls:
      return
        "it folds at the walls of a box and needs a score between walls, but this model's is of Gaussian noise; "
        + "train one with --loss reflected"
    }
  }
}

/// The registry of samplers. A new one is one file and one line here.
public enum Samplers {
  /// All samplers, those of Gaussian noise first.
  public static let all = Registry(
    "sampler",
    [
      Ancestral.kind,
      Ancestral.optimalKind,
      Ancestral.analyticKind,
      GaussianMixtureSolver.kind,
      GaussianMixtureSolver.publishedKind,
      GaussianMixtureSolver.fullKind,
      DDIM.kind,
      DPMSolverPlusPlus.kind,
      DEIS.kind,
      EDMHeun.kind,
      EDMEuler.kind,
      EulerMaruyama.kind,
      FlowEuler.kind,
      FlowHeun.kind,
      FlowRK4.kind,
      DormandPrince.kind,
      AnnealedLangevin.kind,
      PredictorCorrector.kind,
      ReflectedEulerMaruyama.kind,
      ReflectedFlow.kind,
    ])

  /// Those that remove Gaussian noise, which run on denoisers.
  package static let ofGaussianNoise = all.filter { $0.rule.need != .walls }

  /// Every parameter that some sampler takes; each name means one thing.
  package static let parameters: [Parameter] = all.reduce(into: []) { list, kind in
    for parameter in kind.parameters where !list.contains(where: { $0.name == parameter.name }) {
      list.append(parameter)
    }
  }
}

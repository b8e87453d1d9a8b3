import PointClouds

/// What a network is asked to predict from x_t. Each is linear in (x₀, ε), so each converts to E[x₀ | x_t].
///
/// Equations (5.1) and the table of conversions below it. Predictions differ in how an error of the network
/// propagates: an error δ of the prediction is an error |output|·δ of x₀, with
///
/// | prediction | \|output\| | where errors grow |
/// | --- | --- | --- |
/// | ε | s/a | at high noise: 2·10⁴ at the end of the cosine chain of 1000, undetermined at a = 0 |
/// | x₀ | 1 | nowhere; those of ε = (x_t − a·x₀)/s at s → 0 |
/// | v | s/(a² + s²) | nowhere: never above 1 in a variance-preserving chain |
/// | score | s²/a | like ε at high noise; its target grows like 1/s at low noise |
/// | velocity | s/(a·s′ − a′·s) | at high noise: it is t for rectified flow; the target grows with s′ |
/// | mean | 1/B | everywhere in long chains: B is about v_{t\|t−1}/s_t² |
public enum Prediction: String, Sendable, Hashable, CaseIterable, Codable {
  /// The noise ε.  Ho et al. 2020
  case epsilon = "eps"
  /// The clean point x₀.
  case clean = "x0"
  /// v = a·ε − s·x₀.  Salimans and Ho 2022
  case v = "v"
  /// The score −ε/s of q(x_t | x₀), whose mean given x_t is ∇ log p_t.  Vincent 2011
  case score = "score"
  /// The velocity a′·x₀ + s′·ε along the path; ε − x₀ for rectified flow.  Lipman et al. 2023
  case velocity = "velocity"
  /// The mean A·x_t + B·x₀ of q(x_{t−1} | x_t, x₀).  Ho et al. 2020, eq. 7
  case mean = "mean"

  /// The predictions that a name can ask for.
  package static let all = Registry("prediction", Array(allCases)) { $0.rawValue }

  /// The predictions whose target has a variance of about 1 at every level, for data of variance 1.
  package static let unitScale: [Prediction] = [.epsilon, .clean, .v]

  /// Whether the target depends on the level alone; if not, ``PredictionTable`` gives it for a chain.
  package var isFunctionOfLevel: Bool { self != .velocity && self != .mean }

  /// The prediction as `clean` · x₀ + `noise` · ε.
  /// - Precondition: `isFunctionOfLevel`.
  public func coefficients(at level: NoiseLevel) -> (clean: Double, noise: Double) {
    switch self {
    case .epsilon: return (0, 1)
    case .clean: return (1, 0)
    case .v: return (-level.noise, level.signal)
    case .score:
      precondition(level.noise > 0, "there is no score without noise")
      return (0, -1 / level.noise)
    case .velocity, .mean:
      preconditionFailure("\(rawValue) depends on the chain; use a PredictionTable")
    }
  }
}

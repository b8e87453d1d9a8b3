import DiffusionProcess

/// The meaning of a network's outputs: a prediction on a chain, and the variance of its reverse steps.
///
/// The first two outputs o give the prediction p for the scaled point x̃ = x_t / √(a² + s²), at the level divided by
/// that norm, as p = skip · x̃ + scale · o. The target of o is then α·x₀ + γ·ε with α² + γ² = 1: of variance 1 at every
/// level for data of variance 1, whatever the variance of p itself.
///
/// | prediction | o |
/// | --- | --- |
/// | ε, x₀, v | the prediction itself |
/// | score | s · score = −ε, because the score grows like 1/s |
/// | velocity | the velocity over √(a′² + s′²), because some processes start with infinite rates |
/// | mean | −v, the part of the mean that is not linear in x_t. In a long chain the mean is x_t to within a thousandth, and a network that had to copy x_t would spend all its accuracy on that |
///
/// Further outputs, if any, belong to the ``VarianceHead`` of the variance, or are moments: the logarithms of two
/// variances and two skewnesses.
package struct NetworkHead: Sendable, Hashable {
  /// The prediction.
  package let prediction: Prediction
  /// The variance of the reverse steps.
  package let variance: ReverseVariance
  /// The chain that the prediction and the variance belong to.
  package let schedule: DiscreteSchedule
  private let table: PredictionTable

  /// The head of this prediction and variance on a chain.
  package init(_ prediction: Prediction, variance: ReverseVariance = .transition, schedule: DiscreteSchedule)
  {
    (self.prediction, self.variance, self.schedule) = (prediction, variance, schedule)
    table = PredictionTable(prediction, schedule: schedule)
  }

  /// The number of outputs per point.
  package var outputs: Int { 2 + variance.outputs }

  /// The meaning of the first two outputs at a level, on the chain or not.
  package func reading(at level: NoiseLevel) -> OutputReading {
    let level = level.normalized.level
    let c = table.coefficients(at: level)
    // The best linear guess of the target from x̃, for data of mean 0 and variance 1; only the mean needs it.
    let skip = prediction == .mean ? c.clean * level.signal + c.noise * level.noise : 0
    let (clean, noise) = (c.clean - skip * level.signal, c.noise - skip * level.noise)
    let scale = prediction.isUnitScale ? 1 : (clean * clean + noise * noise).squareRoot()
    return OutputReading(
      level: level, skip: skip, scale: scale, target: (clean: clean / scale, noise: noise / scale))
  }
}

extension ReverseVariance {
  /// The number of outputs that a network needs for it.
  package var outputs: Int { self == .moments ? MomentHead.outputs : head?.outputs ?? 0 }
}

extension Prediction {
  /// Whether the network's outputs are the prediction itself.
  fileprivate var isUnitScale: Bool { Self.unitScale.contains(self) }
}

/// The meaning of the first two outputs o of a network at one noise level.
package struct OutputReading: Sendable {
  /// The level with a² + s² = 1.
  package let level: NoiseLevel
  /// prediction = skip · x̃ + scale · o.
  package let skip, scale: Double
  /// The target of o: clean · x₀ + noise · ε.
  package let target: (clean: Double, noise: Double)

  /// a·γ − s·α: 0 where o and x̃ do not determine x₀.
  private var determinant: Double { level.signal * target.noise - level.noise * target.clean }

  /// The error of x₀ for an error of 1 in o; infinite where o and x̃ do not determine x₀.
  package var cleanFactor: Double { -level.noise / determinant }

  /// The error of ε for an error of 1 in o.
  package var noiseFactor: Double {
    target.clean == 0 ? 1 / target.noise : level.signal / determinant
  }

  /// The largest factor by which an error of o may be amplified in x₀: an error of 0.003, typical after training, then
  /// becomes 0.15.
  package static let largestCleanFactor = 50.0

  /// x₀ as noisy · x̃ + output · o.
  ///
  /// Without noise x₀ is the point itself. Where an error of o would be amplified by more than ``largestCleanFactor``,
  /// as for ε with almost no signal, x₀ is a · x̃: the best linear estimate for data of mean 0 and variance 1, with an
  /// error of size a.
  package var clean: (noisy: Double, output: Double) {
    if level.noise == 0 { return (1, 0) }
    let factor = cleanFactor
    guard factor.magnitude <= Self.largestCleanFactor else { return (level.signal, 0) }
    return (target.noise / determinant, factor)
  }

  /// Whether x₀ is a multiple of the point, so that the network need not be evaluated.
  package var isLinear: Bool { clean.output == 0 }
}

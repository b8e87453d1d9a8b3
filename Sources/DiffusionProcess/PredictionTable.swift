/// A prediction on a chain: what the network should say, and what its answer means, at any noise level.
///
/// The target is `clean` · x₀ + `noise` · ε. For ε, x₀, v and the score the two numbers are functions of the
/// level; for the velocity and the mean they belong to the chain's steps, and between two steps (a sampler may
/// stop there) they are interpolated linearly in s/(a + s), which is finite even where there is no signal.
///
/// A network that reads x_t / √(a² + s²), as the lab's does, is trained and asked at the level divided by the
/// same norm: x₀ and ε are the same points whatever x_t is scaled by, so the target's coefficients at that
/// level with ``cleanCoefficients(at:)`` at that level and the scaled x_t are consistent. For velocity and mean
/// the scale does not matter at all; v and score are then those of the variance-preserving level with the same
/// ratio.
package struct PredictionTable: Sendable, Hashable {
  private struct Row: Sendable, Hashable {
    let position: Double  // s / (a + s), increasing
    let clean: Double
    let noise: Double
  }

  /// What is predicted.
  package let prediction: Prediction
  private let rows: [Row]

  /// The prediction on the steps 1...T of a chain.
  package init(_ prediction: Prediction, schedule: DiscreteSchedule) {
    self.prediction = prediction
    guard !prediction.isFunctionOfLevel else {
      rows = []
      return
    }
    rows = (1...schedule.steps).map { t in
      let level = schedule.levels[t]
      if prediction == .velocity {
        let rates = schedule.rates[t]
        return Row(position: Self.position(of: level), clean: rates.signal, noise: rates.noise)
      }
      // A·x_t + B·x₀ = (A·a_t + B)·x₀ + A·s_t·ε, and A·a_t + B is a_{t−1}.
      let before = schedule.levels[t - 1]
      let posterior = ReversePosterior(from: level, to: before)
      return Row(
        position: Self.position(of: level), clean: before.signal,
        noise: posterior.noisyCoefficient * level.noise)
    }
  }

  private static func position(of level: NoiseLevel) -> Double { level.noise / (level.signal + level.noise) }

  /// The prediction as `clean` · x₀ + `noise` · ε; beyond the chain's ends that of the end.
  /// - Complexity: O(log T).
  package func coefficients(at level: NoiseLevel) -> (clean: Double, noise: Double) {
    guard let first = rows.first, let last = rows.last else { return prediction.coefficients(at: level) }
    let position = Self.position(of: level)
    if position <= first.position { return (first.clean, first.noise) }
    if position >= last.position { return (last.clean, last.noise) }
    var low = 0
    var high = rows.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if rows[middle].position <= position { low = middle } else { high = middle }
    }
    let (below, above) = (rows[low], rows[high])
    let share = (position - below.position) / (above.position - below.position)
    return (
      (1 - share) * below.clean + share * above.clean, (1 - share) * below.noise + share * above.noise
    )
  }

  /// The squared error of ε for each squared error of the prediction, at a fixed x_t.  Equations (5.2)
  ///
  /// 1 for ε even where there is no signal.
  package func squaredNoiseFactor(at level: NoiseLevel) -> Double {
    let c = coefficients(at: level)
    if c.clean == 0 { return 1 / (c.noise * c.noise) }
    let factor = level.signal / (level.signal * c.noise - level.noise * c.clean)
    return factor * factor
  }

  /// The squared error of x₀ for each squared error of the prediction, at a fixed x_t.  Equations (5.2)
  ///
  /// Infinite where the prediction does not determine x₀.
  package func squaredCleanFactor(at level: NoiseLevel) -> Double {
    let c = coefficients(at: level)
    let factor = level.noise / (level.signal * c.noise - level.noise * c.clean)
    return factor * factor
  }
}

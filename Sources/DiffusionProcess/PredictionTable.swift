/// A prediction's target `clean` · x₀ + `noise` · ε at any noise level of a chain.
///
/// For ε, x₀, v and the score the two coefficients depend on the level alone. Those of the velocity and the mean
/// belong to the chain's steps; between two steps, where a sampler may stop, they are interpolated linearly in
/// s/(a + s), which is finite even without signal.
///
/// Our network reads x_t / √(a² + s²), and is trained and evaluated at the level divided by the same norm. Scaling
/// x_t changes neither x₀ nor ε, so this is consistent: velocity and mean stay as they are, and v and the score are
/// those of the variance-preserving level with the same ratio s/a.
package struct PredictionTable: Sendable, Hashable {
  private struct Row: Sendable, Hashable {
    let position: Double  // s / (a + s), increasing
    let clean: Double
    let noise: Double
  }

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

  /// The prediction as `clean` · x₀ + `noise` · ε; beyond an end of the chain, that of the end.
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

  /// The squared error of ε per squared error of the prediction, at a fixed x_t.  Equations (5.2)
  ///
  /// 1 for ε even without signal.
  package func squaredNoiseFactor(at level: NoiseLevel) -> Double {
    let c = coefficients(at: level)
    if c.clean == 0 { return 1 / (c.noise * c.noise) }
    let factor = level.signal / (level.signal * c.noise - level.noise * c.clean)
    return factor * factor
  }

  /// The squared error of x₀ per squared error of the prediction, at a fixed x_t.  Equations (5.2)
  ///
  /// Infinite if x_t and the prediction do not determine x₀, as for ε and the score without signal.
  package func squaredCleanFactor(at level: NoiseLevel) -> Double {
    let c = coefficients(at: level)
    let factor = level.noise / (level.signal * c.noise - level.noise * c.clean)
    return factor * factor
  }
}

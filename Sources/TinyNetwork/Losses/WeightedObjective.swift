import DiffusionProcess

/// A weight times the squared error of the first two outputs: ½·w·‖target − o‖², the mean over both coordinates.
///
/// Errors of ε, x₀ and every other prediction are multiples of each other at a fixed x_t (Equations 5.2), so a
/// weight on any of them is one on the outputs. Weights are scaled so that their mean over the levels is 1: a
/// network that predicts 0 then has a loss near 1 in every loss, and one learning rate and one limit on gradients
/// suit all of them. Where a few levels have most of the weight they are drawn more often instead: see
/// ``LevelDraw``.
package struct WeightedObjective: TrainingObjective {
  package let name: String
  package let levels: [NoiseLevel]
  package let outputs: Int
  package let coupling: NoiseCoupling
  /// The weight of the squared error of the outputs at each of the levels that it was made with; their mean is 1.
  package let weights: [Double]
  let draw: LevelDraw
  private let table: [SIMD4<Float>]  // target = x · x₀ + y · ε, weight z

  /// The objective with these weights on the squared error of the outputs, one per level, before they are scaled.
  /// - Precondition: there are as many weights as levels, all at least 0 and finite, and not all 0.
  package init(
    _ name: String, _ head: NetworkHead, levels: [NoiseLevel], weights: [Double],
    coupling: NoiseCoupling = .independent
  ) {
    precondition(levels.count == weights.count, "\(weights.count) weights for \(levels.count) levels")
    let mean = weights.reduce(0, +) / Double(weights.count)
    precondition(mean > 0 && mean.isFinite && weights.allSatisfy { $0 >= 0 }, "weights of mean \(mean)")
    self.name = name
    self.coupling = coupling
    outputs = head.outputs
    self.weights = weights.map { $0 / mean }
    let draw = LevelDraw(weights)
    self.draw = draw
    self.levels = draw.positions.map { levels[$0] }
    let rows = levels.indices.map { k in
      let target = head.reading(at: levels[k]).target
      return SIMD4(
        Float(target.clean), Float(target.noise), Float(weights[k] / mean * draw.factors[k]), 0)
    }
    table = draw.positions.map { rows[$0] }
  }

  /// The objective with a weighting of the field over the steps of the head's chain.
  package init(_ name: String, _ head: NetworkHead, weight: some LossWeight) {
    let schedule = head.schedule
    // Of ε and x₀ the one that the outputs determine everywhere: no 0 · ∞ where there is no signal.
    let viaNoise = head.prediction == .epsilon || head.prediction == .score
    let table = PredictionTable(viaNoise ? .epsilon : .clean, schedule: schedule)
    self.init(
      name, head, levels: Array(schedule.levels.dropFirst()),
      weights: (1...schedule.steps).map { t in
        let reading = head.reading(at: schedule.levels[t])
        let factor = viaNoise ? reading.noiseFactor : reading.cleanFactor
        return weight.weight(table, step: t, of: schedule) * factor * factor
      })
  }

  package func loss(
    of output: Span<Float>, for example: TrainingExample, gradient: inout MutableSpan<Float>
  ) -> Float {
    for i in 2..<outputs { gradient[i] = 0 }
    return predictionLoss(of: output, for: example, gradient: &gradient)
  }

  /// The loss; writes the first two entries of the gradient and leaves the others.
  func predictionLoss(
    of output: Span<Float>, for example: TrainingExample, gradient: inout MutableSpan<Float>
  ) -> Float {
    let row = table[example.level]
    let error = SIMD2(output[0], output[1]) - (row.x * example.clean + row.y * example.noise)
    gradient[0] = row.z * error.x
    gradient[1] = row.z * error.y
    return 0.5 * row.z * (error * error).sum()
  }
}

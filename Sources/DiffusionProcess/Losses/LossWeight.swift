import PointClouds

/// How much the squared error of a prediction counts at each step of a chain.
///
/// Every positive weight has the same minimiser; weights decide on which levels a network spends its capacity.
/// Errors of ε, x₀, v, score, velocity and mean are multiples of each other at a fixed x_t (Equations 5.2):
/// ``PredictionTable/squaredNoiseFactor(at:)`` and ``PredictionTable/squaredCleanFactor(at:)`` convert a weight of
/// one to that of another. A new weighting is one file and one line of ``LossWeights``; training finds it by name.
package protocol LossWeight: Sendable {
  /// The name on the command line.
  var name: String { get }
  /// One line for lists.
  var summary: String { get }
  /// The weight of ‖prediction − target‖² at step `t` of the chain; at least 0 and finite.
  func weight(_ table: PredictionTable, step t: Int, of schedule: DiscreteSchedule) -> Double
}

extension LossWeight {
  /// The weights of steps 1...T; if `normalized`, scaled to mean 1, so that one learning rate suits all weightings.
  package func weights(
    _ prediction: Prediction, schedule: DiscreteSchedule, normalized: Bool = false
  ) -> [Double] {
    let table = PredictionTable(prediction, schedule: schedule)
    let weights = (1...schedule.steps).map { weight(table, step: $0, of: schedule) }
    guard normalized else { return weights }
    let mean = weights.reduce(0, +) / Double(weights.count)
    return mean > 0 ? weights.map { $0 / mean } : weights
  }
}

/// The weightings by which losses are named.
package enum LossWeights {
  /// All weightings. A new one is one file and one line here.
  package static let all = Registry<any LossWeight>(
    "loss weight",
    [
      UniformWeight(),
      MinSNRWeight(),
      ScoreMatchingWeight(),
      LikelihoodWeight(),
      EDMWeight(),
      P2Weight(),
    ]
  ) { $0.name }
}

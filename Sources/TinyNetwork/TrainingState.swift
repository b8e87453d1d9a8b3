import DiffusionProcess
import PointClouds

/// What training needs besides the averaged weights to go on as if it had never stopped.
///
/// Batches need nothing here: their noise is a pure function of seed and step.
package struct TrainingState: Sendable, Hashable {
  /// The weights as the optimizer left them; the model's own are their moving average.
  package let weights: NetworkWeights
  /// What the optimizer keeps for every weight.
  package let moments: [NetworkWeights]
  /// The decay of each moment to the power of the number of steps done.
  package let powers: [Double]
  /// The sum of the losses since the last point of the history.
  package let openLoss: Double
  /// The name of what is minimized.
  package let objective: String
  /// The points that are trained on.
  package let points: PointsFingerprint
}

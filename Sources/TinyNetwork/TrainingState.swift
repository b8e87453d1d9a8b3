import DiffusionProcess
import PointClouds

/// What training needs besides the averaged weights to go on as if it had never stopped.
///
/// Batches need nothing here: their noise is a pure function of seed and step.
package struct TrainingState: Sendable, Hashable {
  /// The weights as the optimizer left them; the model's own are their moving average.
  package let weights: NetworkWeights
  /// Adam's running mean of each gradient.
  package let firstMoment: NetworkWeights
  /// Adam's running mean of each squared gradient.
  package let secondMoment: NetworkWeights
  /// β₁ᵗ and β₂ᵗ after the steps done.
  package let firstMomentPower, secondMomentPower: Double
  /// The sum of the losses since the last point of the history.
  package let openLoss: Double
  /// The name of what is minimized.
  package let objective: String
  /// The points that are trained on.
  package let points: PointsFingerprint
}

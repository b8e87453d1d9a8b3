import DiffusionProcess
import PointClouds

/// What training needs besides the averaged weights to go on as if it had never stopped.
///
/// Batches need nothing here: their noise is a pure function of seed and step.
public struct TrainingState: Sendable, Hashable {
  /// The weights as the optimizer left them; the model's own are their moving average.
  public let weights: NetworkWeights
  /// Adam's running mean of each gradient.
  public let firstMoment: NetworkWeights
  /// Adam's running mean of each squared gradient.
  public let secondMoment: NetworkWeights
  /// β₁ᵗ and β₂ᵗ after the steps done.
  public let firstMomentPower, secondMomentPower: Double
  /// The sum of the losses since the last point of the history.
  public let openLoss: Double
  /// The name of what is minimized.
  public let objective: String
  /// The points that are trained on.
  public let points: PointsFingerprint
}

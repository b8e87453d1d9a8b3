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

/// How many points a cloud has, and a number that changes with any bit of them.
public struct PointsFingerprint: Sendable, Hashable {
  /// The number of points.
  public let count: Int
  /// The FNV-1a hash of the coordinates' bytes, which tells clouds apart but withstands no forger.
  public let hash: UInt64

  /// A fingerprint as it was written down.
  init(count: Int, hash: UInt64) {
    self.count = count
    self.hash = hash
  }

  /// The fingerprint of these points, in their order.
  /// - Complexity: O(points).
  public init(_ cloud: PointCloud) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for point in cloud.points {
      for bits in [point.x.bitPattern, point.y.bitPattern] {
        for byte in 0..<8 {
          hash = (hash ^ (bits >> (8 * UInt64(byte)) & 0xff)) &* 0x100_0000_01b3
        }
      }
    }
    self.init(count: cloud.count, hash: hash)
  }
}

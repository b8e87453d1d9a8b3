/// The shift and the scale that take a cloud to zero mean and unit overall standard deviation.
///
/// One scale for both coordinates, so that shapes stay shapes. The overall variance is the mean of the two
/// coordinates' variances, tr Cov / 2.
public struct Standardization: Sendable, Hashable {
  /// What is subtracted first.
  public let mean: SIMD2<Double>
  /// What is divided by next; positive.
  public let scale: Double

  /// The standardization with this mean and this scale.
  public init(mean: SIMD2<Double>, scale: Double) {
    precondition(
      scale > 0 && scale.isFinite && mean.x.isFinite && mean.y.isFinite,
      "a standardization cannot have mean \(mean) and scale \(scale)")
    self.mean = mean
    self.scale = scale
  }

  /// The standardization that changes nothing.
  public static let identity = Standardization(mean: .zero, scale: 1)

  /// The standardization of this cloud, or `nil` where its points are fewer than two or all equal.
  public init?(of cloud: PointCloud) {
    guard cloud.count > 1 else { return nil }
    let count = Double(cloud.count)
    // Sums start at the first point, so that a small cloud far from the origin loses no digits.
    let origin = cloud[0]
    let mean = origin + cloud.points.reduce(.zero) { $0 + ($1 - origin) } / count
    let variance = cloud.points.reduce(0) { $0 + (($1 - mean) * ($1 - mean)).sum() } / (2 * count)
    guard cloud.points.contains(where: { $0 != origin }), variance > 0, variance.isFinite else { return nil }
    self.init(mean: mean, scale: variance.squareRoot())
  }

  /// The cloud in standard units.
  public func apply(_ cloud: PointCloud) -> PointCloud {
    cloud.map { ($0 - mean) / scale }
  }

  /// The cloud back in the units that it had.
  public func undo(_ cloud: PointCloud) -> PointCloud {
    cloud.map { $0 * scale + mean }
  }
}

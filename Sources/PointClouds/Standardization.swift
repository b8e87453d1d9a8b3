/// The affine map that gives a cloud zero mean and unit standard deviation.
///
/// Both coordinates share one scale, the square root of tr Cov / 2, so that shapes keep their proportions. If the
/// standard deviations of the coordinates differ by more than a factor of `largestRatio`, a shared scale would
/// flatten the narrow coordinate, so each gets its own.
public struct Standardization: Sendable, Hashable {
  /// The mean, subtracted first.
  public let mean: SIMD2<Double>
  /// The positive scales that the coordinates are then divided by.
  public let scales: SIMD2<Double>

  /// The largest ratio of the coordinates' standard deviations at which they share a scale.
  package static let largestRatio = 3.0

  /// The standardization with this mean and one scale for both coordinates.
  package init(mean: SIMD2<Double>, scale: Double) {
    self.init(mean: mean, scales: SIMD2(repeating: scale))
  }

  /// The standardization with this mean and a scale for each coordinate.
  /// - Precondition: the scales are positive, and all numbers finite.
  package init(mean: SIMD2<Double>, scales: SIMD2<Double>) {
    precondition(
      scales.x > 0 && scales.x.isFinite && scales.y > 0 && scales.y.isFinite && mean.x.isFinite
        && mean.y.isFinite,
      "a standardization cannot have mean \(mean) and scales \(scales)")
    self.mean = mean
    self.scales = scales
  }

  /// The standardization of a distribution with this mean and these variances of its coordinates, or `nil` if both
  /// are zero or one is not finite.
  package init?(mean: SIMD2<Double>, variances: SIMD2<Double>) {
    let overall = variances.sum() / 2
    guard overall > 0, overall.isFinite, mean.x.isFinite, mean.y.isFinite else { return nil }
    let ratio = max(variances.x, variances.y) / min(variances.x, variances.y)
    // A coordinate with zero variance has no scale of its own.
    let isShared = !(ratio > Self.largestRatio * Self.largestRatio && ratio.isFinite)
    self.init(
      mean: mean,
      scales: isShared
        ? SIMD2(repeating: overall.squareRoot())
        : SIMD2(variances.x.squareRoot(), variances.y.squareRoot()))
  }

  /// The standardization that changes nothing.
  package static let identity = Standardization(mean: .zero, scale: 1)

  /// The standardization of this cloud, or `nil` if it has fewer than two points or all are equal.
  public init?(of cloud: PointCloud) {
    guard cloud.count > 1 else { return nil }
    let count = Double(cloud.count)
    // Sums start at the first point, so that a small cloud far from the origin loses no digits.
    let origin = cloud[0]
    let mean = origin + cloud.points.reduce(.zero) { $0 + ($1 - origin) } / count
    guard cloud.points.contains(where: { $0 != origin }) else { return nil }
    let each = cloud.points.reduce(SIMD2<Double>.zero) { $0 + ($1 - mean) * ($1 - mean) } / count
    let ratio = max(each.x, each.y) / min(each.x, each.y)
    if ratio > Self.largestRatio * Self.largestRatio, ratio.isFinite {
      self.init(mean: mean, variances: each)
      return
    }
    let variance = cloud.points.reduce(0) { $0 + (($1 - mean) * ($1 - mean)).sum() } / (2 * count)
    guard variance > 0, variance.isFinite else { return nil }
    self.init(mean: mean, scale: variance.squareRoot())
  }

  /// Whether both coordinates have the same scale, so that shapes, angles and distances keep their proportions.
  package var isShared: Bool { scales.x == scales.y }

  /// The geometric mean of the scales, the square root of the area factor from standard units to data units.
  package var scale: Double { isShared ? scales.x : (scales.x * scales.y).squareRoot() }

  /// The cloud in standard units.
  public func apply(_ cloud: PointCloud) -> PointCloud {
    cloud.map { ($0 - mean) / scales }
  }

  /// The cloud back in its original units.
  public func undo(_ cloud: PointCloud) -> PointCloud {
    cloud.map { $0 * scales + mean }
  }
}

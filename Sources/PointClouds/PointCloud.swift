/// Points of the plane, with one label per point if the set has parts.
///
/// Data, noise, network inputs and samples are all point clouds.
public struct PointCloud: Sendable, Hashable {
  /// The points, in the order in which they were drawn.
  public var points: [SIMD2<Double>]
  /// The part that each point belongs to, counted from 0; `nil` if the set has no parts.
  public var labels: [Int]?
  /// The names of the labels 0…k−1; `nil` if the numbers are the names.
  package var labelNames: [String]?

  /// A cloud of the given points.
  /// - Precondition: `labels`, if any, has one entry per point.
  public init(_ points: [SIMD2<Double>], labels: [Int]? = nil, labelNames: [String]? = nil) {
    precondition(
      labels.map { $0.count == points.count } ?? true,
      "\(labels?.count ?? 0) labels for \(points.count) points")
    self.points = points
    self.labels = labels
    self.labelNames = labelNames
  }

  /// A cloud of `count` points, all at the origin.
  public init(zeros count: Int) {
    self.init([SIMD2<Double>](repeating: .zero, count: count))
  }

  /// The number of points.
  public var count: Int { points.count }

  /// The point at a position.
  public subscript(index: Int) -> SIMD2<Double> {
    get { points[index] }
    set { points[index] = newValue }
  }

  /// The first `count` points, or all of them if there are fewer.
  public func prefix(_ count: Int) -> PointCloud {
    PointCloud(
      Array(points.prefix(count)), labels: labels.map { Array($0.prefix(count)) }, labelNames: labelNames)
  }

  /// The cloud of the points that `transform` makes of these; labels stay.
  public func map(_ transform: (SIMD2<Double>) -> SIMD2<Double>) -> PointCloud {
    PointCloud(points.map(transform), labels: labels, labelNames: labelNames)
  }
}

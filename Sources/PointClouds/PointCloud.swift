/// Points of the plane, with a label a point where the set has parts.
///
/// The one currency of the lab: data, noise, network inputs and samples are all point clouds.
public struct PointCloud: Sendable, Hashable {
  /// The points, in the order in which they were drawn.
  public var points: [SIMD2<Double>]
  /// Which part each point belongs to, counted from 0; `nil` where the set has no parts.
  public var labels: [Int]?

  /// A cloud of the given points.
  /// - Precondition: `labels`, if any, has one entry a point.
  public init(_ points: [SIMD2<Double>], labels: [Int]? = nil) {
    precondition(
      labels.map { $0.count == points.count } ?? true,
      "\(labels?.count ?? 0) labels for \(points.count) points")
    self.points = points
    self.labels = labels
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

  /// The first `count` points, or all of them where there are fewer.
  public func prefix(_ count: Int) -> PointCloud {
    PointCloud(Array(points.prefix(count)), labels: labels.map { Array($0.prefix(count)) })
  }

  /// The cloud with every point moved by `transform`; labels stay.
  public func map(_ transform: (SIMD2<Double>) -> SIMD2<Double>) -> PointCloud {
    PointCloud(points.map(transform), labels: labels)
  }
}

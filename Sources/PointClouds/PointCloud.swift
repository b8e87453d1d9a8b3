/// Points of the plane, with a label a point where the set has parts.
///
/// The one currency of the lab: data, noise, network inputs and samples are all point clouds.
package struct PointCloud: Sendable, Hashable {
  /// The points, in the order in which they were drawn.
  package var points: [SIMD2<Double>]
  /// Which part each point belongs to, counted from 0; `nil` where the set has no parts.
  package var labels: [Int]?
  /// The names of the labels 0…k−1; `nil` where these are their own names.
  package var labelNames: [String]?

  /// A cloud of the given points.
  /// - Precondition: `labels`, if any, has one entry a point.
  package init(_ points: [SIMD2<Double>], labels: [Int]? = nil, labelNames: [String]? = nil) {
    precondition(
      labels.map { $0.count == points.count } ?? true,
      "\(labels?.count ?? 0) labels for \(points.count) points")
    self.points = points
    self.labels = labels
    self.labelNames = labelNames
  }

  /// A cloud of `count` points, all at the origin.
  package init(zeros count: Int) {
    self.init([SIMD2<Double>](repeating: .zero, count: count))
  }

  /// The number of points.
  package var count: Int { points.count }

  /// The point at a position.
  package subscript(index: Int) -> SIMD2<Double> {
    get { points[index] }
    set { points[index] = newValue }
  }

  /// The first `count` points, or all of them where there are fewer.
  package func prefix(_ count: Int) -> PointCloud {
    PointCloud(
      Array(points.prefix(count)), labels: labels.map { Array($0.prefix(count)) }, labelNames: labelNames)
  }

  /// The cloud with every point moved by `transform`; labels stay.
  package func map(_ transform: (SIMD2<Double>) -> SIMD2<Double>) -> PointCloud {
    PointCloud(points.map(transform), labels: labels, labelNames: labelNames)
  }
}

/// An axis-parallel rectangle: the bounding box of points, or walls that points cannot cross.
public struct DataBox: Sendable, Hashable {
  /// The smallest coordinates.
  public let lower: SIMD2<Double>
  /// The largest coordinates.
  public let upper: SIMD2<Double>

  /// The box with these corners.
  public init(lower: SIMD2<Double>, upper: SIMD2<Double>) {
    precondition(lower.x <= upper.x && lower.y <= upper.y, "no box goes from \(lower) to \(upper)")
    self.lower = lower
    self.upper = upper
  }

  /// The smallest box around the points.
  package init(around cloud: PointCloud) {
    precondition(cloud.count > 0, "a box around no points")
    var lower = cloud[0]
    var upper = cloud[0]
    for point in cloud.points {
      lower = pointwiseMin(lower, point)
      upper = pointwiseMax(upper, point)
    }
    self.init(lower: lower, upper: upper)
  }

  /// [0, 1] × [0, 1].
  package static let unit = DataBox(lower: .zero, upper: SIMD2(1, 1))

  /// Width and height.
  package var extent: SIMD2<Double> { upper - lower }

  /// Whether width and height are finite and large enough to divide by.
  package var hasExtent: Bool {
    let smallest = pointwiseMax(abs(lower), abs(upper)) * 1e-9
    return extent.x > max(smallest.x, 1e-100) && extent.y > max(smallest.y, 1e-100)
      && extent.x.isFinite && extent.y.isFinite
  }

  /// Whether a point lies in the box, walls included.
  package func contains(_ point: SIMD2<Double>) -> Bool {
    all(point .>= lower) && all(point .<= upper)
  }

  /// The share of points that lie outside.
  package func shareOutside(_ cloud: PointCloud) -> Double {
    Double(cloud.points.count { !contains($0) }) / Double(max(1, cloud.count))
  }

  /// The share of points that lie on a wall, within 10⁻⁴ of the box's extent.
  package func shareOnWalls(_ cloud: PointCloud) -> Double {
    let near = 1e-4 * extent
    let inner = DataBox(lower: lower + near, upper: upper - near)
    return Double(cloud.points.count { contains($0) && !inner.contains($0) }) / Double(max(1, cloud.count))
  }

  /// The cloud in unit-box coordinates, x′ = (x − lower) / extent.
  /// - Precondition: ``hasExtent``.
  package func toUnit(_ cloud: PointCloud) -> PointCloud {
    cloud.map { ($0 - lower) / extent }
  }

  /// The cloud back from unit-box coordinates, x = lower + extent · x′. Points of the unit box land inside this box,
  /// walls included, whatever the rounding.
  package func fromUnit(_ cloud: PointCloud) -> PointCloud {
    cloud.map { unit in
      let point = lower + extent * unit
      return DataBox.unit.contains(unit) ? point.clamped(lowerBound: lower, upperBound: upper) : point
    }
  }

  /// The point reflected at the walls until it lies inside.  Equations (7.25), on any box
  /// - Precondition: ``hasExtent``.
  package func folded(_ point: SIMD2<Double>) -> SIMD2<Double> {
    let unit = Fold((point - lower) / extent).place
    return (lower + extent * unit).clamped(lowerBound: lower, upperBound: upper)
  }
}

private func abs(_ v: SIMD2<Double>) -> SIMD2<Double> { SIMD2(v.x.magnitude, v.y.magnitude) }

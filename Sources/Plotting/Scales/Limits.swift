import PointClouds

/// The square window of the plane that a panel shows. Being square, it shows units of equal length both ways.
public struct Limits: Sendable, Hashable {
  /// The middle.
  package let center: SIMD2<Double>
  /// Half the side, in the units of the points.
  package let halfSide: Double

  /// The window around `center`.
  /// - Precondition: no number is beyond 10¹⁰⁰, and `halfSide` is neither below 10⁻¹⁰⁰ nor below 10⁻⁹ of the
  ///   distance to the origin: axes need distinct numbers with readable labels.
  public init(center: SIMD2<Double>, halfSide: Double) {
    precondition(
      Self.isUsable(center: center, halfSide: halfSide),
      "no window has center \(center) and half side \(halfSide)")
    (self.center, self.halfSide) = (center, halfSide)
  }

  /// The window around a cloud with some room. Use the window of the data for all panels and frames of a series, noise
  /// and samples included, so that nothing jumps from one to the next.
  ///
  /// Outliers further from the middle 98 % than half its extent do not widen it. A cloud without extent gets a window
  /// of half side 1. A cloud beyond 10¹⁰⁰ lies outside its window.
  /// - Parameters:
  ///   - cloud: points; those that are not finite are ignored.
  ///   - margin: room on each side, as a share of the cloud's half extent.
  /// - Complexity: O(n log n).
  public init(of cloud: PointCloud, margin: Double = 0.25) {
    let finite = cloud.points.filter { $0.x.isFinite && $0.y.isFinite }
    guard !finite.isEmpty else {
      self.init(center: .zero, halfSide: 1)
      return
    }
    func extent(_ values: [Double]) -> (Double, Double) {
      let sorted = values.sorted()
      let trimmed = Int(Double(sorted.count) * 0.01)
      let (low, high) = (sorted[trimmed], sorted[sorted.count - 1 - trimmed])
      let slack = (high - low) / 2
      return (max(sorted[0], low - slack), min(sorted[sorted.count - 1], high + slack))
    }
    let (left, right) = extent(finite.map(\.x))
    let (bottom, top) = extent(finite.map(\.y))
    let center = SIMD2(left / 2 + right / 2, bottom / 2 + top / 2)
    let half = max(right / 2 - left / 2, top / 2 - bottom / 2) * (1 + margin)
    // Wide enough for labels of a readable length.
    let least = max(abs(center.x), abs(center.y)) * 1e-5
    if half > 0, Self.isUsable(center: center, halfSide: max(half, least)) {
      self.init(center: center, halfSide: max(half, least))
    } else {
      let known = Self.isUsable(center: center, halfSide: max(1, least))
      self.init(center: known ? center : .zero, halfSide: known ? max(1, least) : 1)
    }
  }

  private static func isUsable(center: SIMD2<Double>, halfSide: Double) -> Bool {
    let distance = max(abs(center.x), abs(center.y))
    return distance <= 1e100 && halfSide <= 1e100 && halfSide >= max(1e-100, 1e-9 * distance)
  }

  /// The range shown from left to right.
  package var x: ClosedRange<Double> { center.x - halfSide...center.x + halfSide }
  /// The range shown from bottom to top.
  package var y: ClosedRange<Double> { center.y - halfSide...center.y + halfSide }

  /// Whether a point lies in the window.
  package func contains(_ point: SIMD2<Double>) -> Bool {
    x.contains(point.x) && y.contains(point.y)
  }
}

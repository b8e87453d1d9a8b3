/// A rectangle of the page, in points; y grows downwards.
public struct Rect: Sendable, Hashable {
  /// The left edge.
  public var x: Double
  /// The upper edge.
  public var y: Double
  /// The extent to the right.
  public var width: Double
  /// The extent downwards.
  public var height: Double

  /// The rectangle with this upper left corner and this size.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The right edge.
  public var maxX: Double { x + width }
  /// The lower edge.
  public var maxY: Double { y + height }
  /// The middle.
  public var center: SIMD2<Double> { SIMD2(x + width / 2, y + height / 2) }

  /// The rectangle grown by `margin` on all sides; a negative margin shrinks it.
  public func grown(by margin: Double) -> Rect {
    Rect(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
  }

  /// Whether a point lies in it, edges included.
  public func contains(_ point: SIMD2<Double>) -> Bool {
    point.x >= x && point.x <= maxX && point.y >= y && point.y <= maxY
  }

  /// The four corners, clockwise from the upper left.
  var corners: [SIMD2<Double>] {
    [SIMD2(x, y), SIMD2(maxX, y), SIMD2(maxX, maxY), SIMD2(x, maxY)]
  }
}

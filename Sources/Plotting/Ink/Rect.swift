/// A rectangle of the page, in points; y grows downwards.
package struct Rect: Sendable, Hashable {
  /// The left and the upper edge.
  package var x, y: Double
  /// The extent to the right and downwards.
  package var width, height: Double

  /// The rectangle with this upper left corner and this size.
  package init(x: Double, y: Double, width: Double, height: Double) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  /// The right edge.
  package var maxX: Double { x + width }
  /// The lower edge.
  package var maxY: Double { y + height }
  /// The middle.
  package var center: SIMD2<Double> { SIMD2(x + width / 2, y + height / 2) }

  /// The rectangle grown by `margin` on all sides; a negative margin shrinks it.
  package func grown(by margin: Double) -> Rect {
    Rect(x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
  }

  /// Whether a point lies in it, edges included.
  package func contains(_ point: SIMD2<Double>) -> Bool {
    point.x >= x && point.x <= maxX && point.y >= y && point.y <= maxY
  }

  /// The four corners, clockwise from the upper left.
  package var corners: [SIMD2<Double>] {
    [SIMD2(x, y), SIMD2(maxX, y), SIMD2(maxX, maxY), SIMD2(x, maxY)]
  }
}

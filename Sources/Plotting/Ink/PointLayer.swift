/// Many round dots of one size: a cloud on the page.
///
/// Dots lie over each other, so translucent ones build up where they crowd.
package struct PointLayer: Sendable, Hashable {
  /// The dots' centres, in points of the page.
  package var centers: [SIMD2<Double>]
  /// Their radius in points.
  package var radius: Double
  /// The colours that occur.
  package var colors: [Color]
  /// Which of ``colors`` each dot has; `nil` if all have the first.
  package var indices: [UInt8]?

  /// A layer of dots.
  /// - Precondition: there is a colour, and `indices`, if any, has one entry per dot, an index of ``colors``.
  package init(centers: [SIMD2<Double>], radius: Double, colors: [Color], indices: [UInt8]? = nil) {
    precondition(!colors.isEmpty, "dots have at least one colour")
    if let indices {
      precondition(
        indices.count == centers.count, "\(indices.count) colour indices for \(centers.count) dots")
      precondition(
        indices.allSatisfy { Int($0) < colors.count }, "a colour index beyond \(colors.count) colours")
    }
    (self.centers, self.radius, self.colors, self.indices) = (centers, radius, colors, indices)
  }

  /// The colour of one dot.
  package func color(of dot: Int) -> Color {
    colors[indices.map { Int($0[dot]) } ?? 0]
  }
}

/// The style of a line.
package struct Stroke: Sendable, Hashable {
  /// The line's colour.
  package var color: Color
  /// Its width in points.
  package var width: Double
  /// Lengths of dashes and gaps in turn, in points; empty for a solid line.
  package var dash: [Double]

  /// A line of this colour and width.
  package init(_ color: Color, width: Double, dash: [Double] = []) {
    (self.color, self.width, self.dash) = (color, width, dash)
  }
}

/// Straight-edged outlines, filled, stroked or both. Caps and joins are round, ends of dashes square.
package struct Shape: Sendable, Hashable {
  /// The corners of each outline, in points of the page.
  package var outlines: [[SIMD2<Double>]]
  /// Whether the last corner of each outline is joined to its first.
  package var closed: Bool
  /// The colour inside.
  package var fill: Color?
  /// The line along the outline.
  package var stroke: Stroke?

  /// The shape with these outlines.
  package init(outlines: [[SIMD2<Double>]], closed: Bool, fill: Color? = nil, stroke: Stroke? = nil) {
    (self.outlines, self.closed, self.fill, self.stroke) = (outlines, closed, fill, stroke)
  }
}

/// One line of text on the page, in DejaVu Sans.
package struct Label: Sendable, Hashable {
  /// The part of the line that lies at the position.
  package enum Alignment: String, Sendable {
    case start, middle, end

    /// The share of the line that lies before the position.
    package var share: Double { self == .start ? 0 : self == .middle ? 0.5 : 1 }
  }

  /// The text.
  package var text: String
  /// The start, middle or end of the baseline, by ``alignment``, in points of the page.
  package var position: SIMD2<Double>
  /// The font size in points.
  package var size: Double
  /// The colour.
  package var color: Color
  /// The part of the line that lies at ``position``.
  package var alignment: Alignment
  /// Whether the text is bold.
  package var bold: Bool
  /// Whether the text is turned by 90° counterclockwise, to be read upwards.
  package var turned: Bool

  /// A line of text.
  package init(
    _ text: String, at position: SIMD2<Double>, size: Double, color: Color, alignment: Alignment = .start,
    bold: Bool = false, turned: Bool = false
  ) {
    (self.text, self.position, self.size, self.color) = (text, position, size, color)
    (self.alignment, self.bold, self.turned) = (alignment, bold, turned)
  }

  /// The rectangle that contains the text, by ``TextMetrics``.
  package var bounds: Rect {
    let width = TextMetrics.width(of: text, size: size, bold: bold)
    let start = -alignment.share * width
    let up = TextMetrics.ascent * size
    let height = (TextMetrics.ascent + TextMetrics.descent) * size
    return turned
      ? Rect(x: position.x - up, y: position.y - start - width, width: height, height: width)
      : Rect(x: position.x + start, y: position.y - up, width: width, height: height)
  }
}

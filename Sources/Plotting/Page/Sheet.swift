/// A page in progress: the items drawn so far, and the regions of the layout in points at the default text size.
package struct Sheet {
  /// The extent of the layout.
  package let width, height: Double
  /// The colours.
  package let theme: Theme
  /// The items drawn so far, the lowest first.
  package var items: [Drawing.Item] = []

  package init(width: Double, height: Double, theme: Theme) {
    (self.width, self.height, self.theme) = (width, height, theme)
  }

  /// The margin between the page's edge and text.
  package static let edge = 16.0
  /// Where the band of the title ends.
  package static let titleBand = 50.0
  /// The distance of two frames above each other: room for an axis name and the title of the lower plot.
  package static let between = 96.0
  /// The band of plots: below their own titles, above the names of their axes.
  package var band: (top: Double, bottom: Double) {
    (Self.titleBand + 32, height - Self.belowAxis)
  }
  /// The height of the tick labels and the name of an axis below it.
  package static let belowAxis = 62.0

  package mutating func add(_ item: Drawing.Item) { items.append(item) }

  /// Draws items of which only the part inside the frame shows.
  package mutating func clip(_ frame: Rect, _ inside: [Drawing.Item]) { items.append(.clip(frame, inside)) }

  /// Writes a line of text, unless it is empty, with its baseline at a place.
  /// - Parameters:
  ///   - color: the theme's ink if `nil`.
  ///   - room: the width beyond which text is cut.
  package mutating func write(
    _ text: String, at place: SIMD2<Double>, size: Double = TextSize.small, color: Color? = nil,
    _ alignment: Label.Alignment = .start, bold: Bool = false, turned: Bool = false, room: Double = .infinity
  ) {
    guard !text.isEmpty else { return }
    let text =
      room.isFinite ? TextMetrics.fitted(text, size: size, bold: bold, width: room) : text
    items.append(
      .label(
        Label(
          text, at: place, size: size, color: color ?? theme.ink, alignment: alignment, bold: bold,
          turned: turned)))
  }

  /// The baseline of text whose capitals are centred at a height.
  package static func baseline(_ middle: Double, size: Double = TextSize.small) -> Double {
    middle + TextMetrics.capHeight * size / 2
  }

  /// Draws a plain frame.
  package mutating func addFrame(_ frame: Rect) {
    add(.rect(frame, stroke: Stroke(theme.frame, width: 1.5)))
  }

  /// Writes the figure's title over the top edge, cut where it is wider than the page.
  mutating func addTitle(_ title: String) {
    write(
      title, at: SIMD2(width / 2, 34), size: TextSize.large, .middle, bold: true,
      room: width - 2 * Self.edge)
  }

  /// Writes the title of a plot over its frame from `x` on, cut at the frame's right edge.
  package mutating func addPlotTitle(_ text: String, over frame: Rect, from x: Double = Sheet.edge) {
    write(text, at: SIMD2(x, frame.y - 12), size: TextSize.medium, room: frame.maxX - x)
  }
}

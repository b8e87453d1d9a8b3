/// The name of a line or an area of a plot.
package struct LegendEntry {
  package var text: String
  package var stroke: Stroke
  /// The colour of an area, which is shown as a block; `nil` for a line.
  package var fill: Color?

  package init(_ text: String, _ stroke: Stroke, fill: Color? = nil) {
    (self.text, self.stroke, self.fill) = (text, stroke, fill)
  }

  /// The length of the piece of line before the text, and the gap between them.
  package static let (line, gap) = (34.0, 8.0)
  /// From entry to entry in a row.
  package static let space = 30.0

  /// The width of line and text.
  package var width: Double { Self.width(of: text) }

  /// The width of the entry of this text.
  package static func width(of text: String) -> Double {
    line + gap + TextMetrics.width(of: text, size: TextSize.small)
  }
}

extension Sheet {
  /// From a panel to the key beside it.
  package static let keyGap = 24.0

  /// Draws a row of entries, a piece of line before each text, centred on the page at a height.
  package mutating func addLegend(_ entries: [LegendEntry], y: Double) {
    let space = LegendEntry.space
    let total = entries.reduce(0) { $0 + $1.width } + space * Double(max(0, entries.count - 1))
    var x = (width - total) / 2
    for entry in entries {
      addLegendEntry(entry, x: x, y: y)
      x += entry.width + space
    }
  }

  /// Draws one entry with its baseline at `y`, its text cut where it is wider than `room` allows.
  package mutating func addLegendEntry(
    _ entry: LegendEntry, x: Double, y: Double, room: Double = .infinity
  ) {
    let middle = y - TextMetrics.capHeight * TextSize.small / 2
    let end = x + LegendEntry.line
    if let fill = entry.fill {
      add(.rect(Rect(x: x, y: middle - 7, width: LegendEntry.line, height: 14), fill: fill))
    }
    let height = entry.fill == nil ? middle : middle - 7
    add(.line([SIMD2(x, height), SIMD2(end, height)], entry.stroke))
    write(
      entry.text, at: SIMD2(end + LegendEntry.gap, y), room: room - LegendEntry.line - LegendEntry.gap + 0.5)
  }

  /// Draws a line of the key beside a panel: dots one over another, first ones lowest, and what they stand for.
  package mutating func addKey(_ dots: [Dot], _ text: String, line: Int, beside panel: Rect) {
    let place = SIMD2(panel.maxX + Self.keyGap, panel.y + 10 + 28 * Double(line))
    items += dots.map { .dots([place + SIMD2(8, 0)], radius: $0.radius, $0.color) }
    write(text, at: place + SIMD2(24, 6))
  }

  /// The left edge of a plot with names left of it, which take at most a share of the page.
  package func besideNames(_ widths: [Double], most share: Double) -> Double {
    Self.edge + min(widths.max() ?? 0, width * share) + Self.nameGap
  }

  /// From names to the plot right of them.
  package static let nameGap = 14.0
}

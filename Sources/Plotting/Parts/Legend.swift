/// What a line of a plot, or an area, stands for.
package struct LegendEntry {
  package var text: String
  package var stroke: Stroke
  /// The colour of an area, which is shown as a block; `nil` for a line.
  package var fill: Color?

  package init(text: String, stroke: Stroke, fill: Color? = nil) {
    self.text = text
    self.stroke = stroke
    self.fill = fill
  }
}

extension LegendEntry {
  /// The length of the piece of line before the text, and the gap between them.
  package static let (line, gap) = (34.0, 8.0)

  /// The width of line and text.
  package var width: Double { Self.line + Self.gap + TextMetrics.width(of: text, size: TextSize.small) }
}

extension Drawing {
  /// Draws a row of entries, a piece of line before each text, centred on the page at a height.
  package mutating func addLegend(_ entries: [LegendEntry], y: Double, theme: Theme) {
    let space = 30.0
    let total = entries.reduce(0) { $0 + $1.width } + space * Double(max(0, entries.count - 1))
    var x = (width - total) / 2
    for entry in entries {
      addLegendEntry(entry, x: x, y: y, room: .infinity, theme: theme)
      x += entry.width + space
    }
  }

  /// Draws one entry with its baseline at `y`, its text cut where it is wider than `room` allows.
  package mutating func addLegendEntry(_ entry: LegendEntry, x: Double, y: Double, room: Double, theme: Theme)
  {
    let middle = y - TextMetrics.capHeight * TextSize.small / 2
    let end = x + LegendEntry.line
    if let fill = entry.fill {
      add(.rect(Rect(x: x, y: middle - 7, width: LegendEntry.line, height: 14), fill: fill))
    }
    let height = entry.fill == nil ? middle : middle - 7
    add(.line([SIMD2(x, height), SIMD2(end, height)], entry.stroke))
    let text = TextMetrics.fitted(
      entry.text, size: TextSize.small, width: room - LegendEntry.line - LegendEntry.gap + 0.5)
    add(Label(text, at: SIMD2(end + LegendEntry.gap, y), size: TextSize.small, color: theme.ink))
  }
}

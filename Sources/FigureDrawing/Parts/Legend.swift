/// What a line of a plot stands for.
struct LegendEntry {
  var text: String
  var stroke: Stroke
}

extension Drawing {
  /// Draws a row of entries, a piece of line before each text, centred on the page at a height.
  mutating func addLegend(_ entries: [LegendEntry], y: Double, theme: Theme) {
    let (line, gap, space) = (34.0, 8.0, 30.0)
    let widths = entries.map { TextMetrics.width(of: $0.text, size: TextSize.small) }
    let total = widths.reduce(0) { $0 + line + gap + $1 } + space * Double(max(0, entries.count - 1))
    var x = (width - total) / 2
    for (entry, textWidth) in zip(entries, widths) {
      let middle = y - TextMetrics.capHeight * TextSize.small / 2
      add(.line([SIMD2(x, middle), SIMD2(x + line, middle)], entry.stroke))
      add(Label(entry.text, at: SIMD2(x + line + gap, y), size: TextSize.small, color: theme.ink))
      x += line + gap + textWidth + space
    }
  }
}

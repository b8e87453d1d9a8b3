import Plotting

/// Bounds as rows: a name, a bar of the terms, and the numbers.
struct BoundTable {
  var series: [BoundFigure.Series]
  var strokes: [Stroke]
  var entropy: Double?

  /// The height of a row, the width of a column of numbers, and where the lowest row ends.
  private static let (row, column, floor) = (25.0, 84.0, 478.0)
  private static let names = 16.0

  private static let exact = "entropy of the data"

  /// The upper edge of the first row.
  var top: Double { Self.floor - Self.row * Double(series.count + (entropy == nil ? 0 : 1)) }

  /// The columns' heads.
  private var heads: [(text: String, term: BoundFigure.Term?)] {
    [("prior", .prior), ("Σ Lₜ₋₁", .sum), ("L₀", .decoder), ("bound", nil)]
      + (entropy == nil ? [] : [("gap", nil)])
  }

  /// Where the bars lie.
  private var frame: Rect {
    let texts = series.map(\.name) + (entropy == nil ? [] : [Self.exact])
    let widest = texts.map { LegendEntry(text: $0, stroke: Stroke(Color(0), width: 1)).width }.max() ?? 0
    let left = Self.names + min(widest, 240) + 14
    let right = 960 - 16 - Self.column * Double(heads.count) - 4
    return Rect(x: left, y: top, width: right - left, height: Self.floor - top)
  }

  /// What the bars' axis shows: all terms end to end, the bounds and the entropy, and 0.
  var range: ClosedRange<Double> {
    var values = [0.0] + series.flatMap(\.stack).flatMap { [$0.range.lowerBound, $0.range.upperBound] }
    values += (series.map(\.total) + [entropy ?? 0]).filter(\.isFinite)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let room = high > low ? 0.03 * (high - low) : 1
    return (low < 0 ? low - room : 0)...high + room
  }

  /// The colour of a term on the bar of a series.
  private func color(_ term: BoundFigure.Term, of color: Color, theme: Theme) -> Color {
    switch term {
    case .sum: color
    case .decoder: color.mixed(with: theme.paper, share: 0.6)
    case .prior: color.mixed(with: theme.ink, share: 0.6)
    }
  }

  func add(to drawing: inout Drawing, theme: Theme) {
    let frame = frame
    let plot = Plot(
      frame: frame, x: Axis(linear: range, length: frame.width, textSize: TextSize.small, horizontal: true),
      y: Axis(linear: 0...1, length: 1, textSize: TextSize.small, horizontal: true).withoutTicks)
    drawing.addAxes(plot, theme: theme, grid: true, xName: "nats")
    drawing.addPlotTitle("(b) the bound, term by term", over: frame, theme: theme)
    addHeads(to: &drawing, theme: theme)
    var bars: [Drawing.Item] = []
    let zero = plot.place(.zero).x
    bars.append(
      .shape(.line([SIMD2(zero, frame.y), SIMD2(zero, frame.maxY)], Stroke(theme.frame, width: 1.5))))
    for (i, series) in series.enumerated() {
      let middle = frame.y + (Double(i) + 0.5) * Self.row
      for (term, range) in series.stack where range.lowerBound < range.upperBound {
        let (from, to) = (plot.place(SIMD2(range.lowerBound, 0)).x, plot.place(SIMD2(range.upperBound, 0)).x)
        bars.append(
          .shape(
            .rect(
              Rect(x: from, y: middle - 7, width: to - from, height: 14),
              fill: color(term, of: strokes[i].color, theme: theme))))
      }
      if series.total.isFinite {
        let x = plot.place(SIMD2(series.total, 0)).x
        let mark = [SIMD2(x, middle - 9), SIMD2(x, middle + 9)]
        bars.append(.shape(.line(mark, Stroke(theme.paper, width: 7))))
        bars.append(.shape(.line(mark, Stroke(theme.ink, width: 3.5))))
      }
      addRow(
        LegendEntry(text: series.name, stroke: strokes[i]), middle: middle,
        numbers: [series.prior, series.sum, series.decoder, series.total]
          + (entropy.map { [series.total - $0] } ?? []),
        to: &drawing, theme: theme)
    }
    if let entropy {
      let x = plot.place(SIMD2(entropy, 0)).x
      let stroke = Stroke(theme.muted, width: 2, dash: [4, 5])
      bars.append(.shape(.line([SIMD2(x, frame.y), SIMD2(x, frame.maxY)], stroke)))
      addRow(
        LegendEntry(text: Self.exact, stroke: stroke), middle: frame.maxY - Self.row / 2,
        numbers: [nil, nil, nil, entropy, nil], to: &drawing, theme: theme)
    }
    drawing.items.append(.clip(frame, bars))
  }

  /// The right edge of a column of numbers.
  private func edge(_ column: Int) -> Double {
    960 - 16 - Self.column * Double(heads.count - 1 - column)
  }

  private func addHeads(to drawing: inout Drawing, theme: Theme) {
    for (column, head) in heads.enumerated() {
      let place = SIMD2(edge(column), frame.y - 12)
      drawing.add(
        Label(head.text, at: place, size: TextSize.small, color: theme.ink, alignment: .end))
      guard let term = head.term else { continue }
      let x = place.x - TextMetrics.width(of: head.text, size: TextSize.small) - 18
      drawing.add(
        .rect(
          Rect(x: x, y: place.y - 12, width: 12, height: 12),
          fill: color(term, of: strokes[0].color, theme: theme)))
    }
  }

  private func addRow(
    _ name: LegendEntry, middle: Double, numbers: [Double?], to drawing: inout Drawing, theme: Theme
  ) {
    let y = middle + TextMetrics.capHeight * TextSize.small / 2
    drawing.addLegendEntry(name, x: Self.names, y: y, room: frame.x - 14 - Self.names, theme: theme)
    for (column, number) in numbers.enumerated() {
      guard let number else { continue }
      drawing.add(
        Label(
          NumberText.nats(number), at: SIMD2(edge(column), y), size: TextSize.small, color: theme.ink,
          alignment: .end))
    }
  }
}

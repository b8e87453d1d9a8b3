import Plotting

/// One row per bound: its name, a bar of its terms, and the numbers.
struct BoundTable {
  var series: [BoundFigure.Series]
  var strokes: [Stroke]
  var entropy: Double?

  /// The height of a row, and the width of a column of numbers.
  static let (row, column) = (25.0, 84.0)

  private static let exact = "entropy of the data"

  /// The columns' heads.
  private var heads: [(text: String, term: BoundFigure.Term?)] {
    [("prior", .prior), ("Σ Lₜ₋₁", .sum), ("L₀", .decoder), ("bound", nil)]
      + (entropy == nil ? [] : [("gap", nil)])
  }

  /// Where the bars lie: at the bottom of the page, between names and numbers.
  func frame(on sheet: Sheet) -> Rect {
    let texts = series.map(\.name) + (entropy == nil ? [] : [Self.exact])
    let left = sheet.besideNames(texts.map { LegendEntry.width(of: $0) }, most: 0.25)
    let right = sheet.width - Sheet.edge - Self.column * Double(heads.count) - 4
    let height = Self.row * Double(texts.count)
    return Rect(x: left, y: sheet.band.bottom - height, width: right - left, height: height)
  }

  /// The range of the bars' axis: it contains 0, all stacked terms, the bounds and the entropy.
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

  func add(to sheet: inout Sheet) {
    let theme = sheet.theme
    let frame = frame(on: sheet)
    let plot = Plot(frame: frame, x: Axis(linear: range, length: frame.width, horizontal: true), y: .blank)
    sheet.addAxes(plot, grid: true, xName: "nats")
    sheet.addPlotTitle("(b) the bound, term by term", over: frame)
    addHeads(to: &sheet, above: frame)
    var bars = [Drawing.Item.upright(0, in: plot, Stroke(theme.frame, width: 1.5))]
    for (i, series) in series.enumerated() {
      let middle = frame.y + (Double(i) + 0.5) * Self.row
      for (term, range) in series.stack where range.lowerBound < range.upperBound {
        bars.append(
          .bar(range, at: middle, thickness: 14, in: plot, color(term, of: strokes[i].color, theme: theme)))
      }
      if series.total.isFinite {
        let x = plot.place(SIMD2(series.total, 0)).x
        let mark = [SIMD2(x, middle - 9), SIMD2(x, middle + 9)]
        bars.append(.line(mark, Stroke(theme.paper, width: 7)))
        bars.append(.line(mark, Stroke(theme.ink, width: 3.5)))
      }
      addRow(
        LegendEntry(series.name, strokes[i]), middle: middle, beside: frame,
        numbers: [series.prior, series.sum, series.decoder, series.total]
          + (entropy.map { [series.total - $0] } ?? []), to: &sheet)
    }
    if let entropy {
      let stroke = Stroke(theme.muted, width: 2, dash: [4, 5])
      bars.append(.upright(entropy, in: plot, stroke))
      addRow(
        LegendEntry(Self.exact, stroke), middle: frame.maxY - Self.row / 2, beside: frame,
        numbers: [nil, nil, nil, entropy, nil], to: &sheet)
    }
    sheet.clip(frame, bars)
  }

  /// The right edge of a column of numbers.
  private func edge(_ column: Int, on sheet: Sheet) -> Double {
    sheet.width - Sheet.edge - Self.column * Double(heads.count - 1 - column)
  }

  private func addHeads(to sheet: inout Sheet, above frame: Rect) {
    for (column, head) in heads.enumerated() {
      let place = SIMD2(edge(column, on: sheet), frame.y - 12)
      sheet.write(head.text, at: place, .end)
      guard let term = head.term else { continue }
      let x = place.x - TextMetrics.width(of: head.text, size: TextSize.small) - 18
      sheet.add(
        .rect(
          Rect(x: x, y: place.y - 12, width: 12, height: 12),
          fill: color(term, of: strokes[0].color, theme: sheet.theme)))
    }
  }

  private func addRow(
    _ name: LegendEntry, middle: Double, beside frame: Rect, numbers: [Double?], to sheet: inout Sheet
  ) {
    let y = Sheet.baseline(middle)
    sheet.addLegendEntry(name, x: Sheet.edge, y: y, room: frame.x - Sheet.nameGap - Sheet.edge)
    for (column, number) in numbers.enumerated() {
      guard let number else { continue }
      sheet.write(NumberText.nats(number), at: SIMD2(edge(column, on: sheet), y), .end)
    }
  }
}

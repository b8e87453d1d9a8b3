import Plotting
import PointClouds

/// What each choice of a training recipe is worth: one row per variant, with two measurements, their intervals and
/// the promised bounds.
package struct AblationFigure: Figure {
  /// A measured number.
  package struct Measurement: Sendable, Hashable {
    /// The value and half the width of its interval.
    package var value, interval: Double

    /// A value with its interval.
    package init(_ value: Double, interval: Double) {
      (self.value, self.interval) = (value, interval)
    }
  }

  /// One variant.
  package struct Row: Sendable, Hashable {
    /// What differs from the first variant.
    package var name: String
    /// The sliced W₂ distance as a multiple of its noise floor, and the accuracy of the classifier two-sample test.
    package var ratio, accuracy: Measurement

    /// A variant with its measurements.
    package init(_ name: String, ratio: Measurement, accuracy: Measurement) {
      (self.name, self.ratio, self.accuracy) = (name, ratio, accuracy)
    }
  }

  /// The variants, from the top; the first is what the others are compared with.
  package var rows: [Row]
  /// The promised bounds of the two measurements.
  package var limits: (ratio: Double, accuracy: Double)
  /// The title above the plots.
  package var title: String

  /// The figure of 1 to 20 variants.
  package init(_ rows: [Row], limits: (ratio: Double, accuracy: Double), title: String) {
    precondition((1...20).contains(rows.count), "\(rows.count) variants in one figure")
    (self.rows, self.limits, self.title) = (rows, limits, title)
  }

  package func draw(on page: Page) -> Drawing {
    let count = Double(rows.count)
    let (top, below) = (Sheet.titleBand + 32, 92.0)
    return page.draw(
      high: top + 30 * count + below, least: Page.Size(560, top + 26 * count + below), title: title
    ) { sheet in
      let theme = sheet.theme
      let (best, bound) = (Stroke(theme.frame, width: 2), Stroke(theme.muted, width: 2, dash: [4, 5]))
      let bottom = min(sheet.height - below, top + 60 * count)
      sheet.addLegend([LegendEntry("true points", best), LegendEntry("the bound", bound)], y: bottom + 72)
      let left = sheet.besideNames(
        rows.map { TextMetrics.width(of: $0.name, size: TextSize.small) }, most: 17 / 48)
      let (gap, right) = (34.0, 26.0)
      let width = (sheet.width - left - gap - right) / 2
      for (i, row) in rows.enumerated() {
        let middle = top + (Double(i) + 0.5) * ((bottom - top) / count)
        sheet.write(
          row.name, at: SIMD2(left - Sheet.nameGap, Sheet.baseline(middle)),
          color: i == 0 ? theme.ink : theme.muted, .end, bold: i == 0,
          // Bold letters may reach into the margin.
          room: left - Sheet.nameGap - (i == 0 ? 4 : Sheet.edge))
      }
      for (column, plot) in [
        ("sliced W2 / floor", rows.map(\.ratio), 1, limits.ratio),
        ("classifier accuracy", rows.map(\.accuracy), 0.5, limits.accuracy),
      ].enumerated() {
        let frame = Rect(
          x: left + Double(column) * (width + gap), y: top, width: width, height: bottom - top)
        addPlot(
          to: &sheet, in: frame, title: plot.0, plot.1, best: plot.2, limit: plot.3, strokes: (best, bound))
      }
    }
  }

  /// The range of a measurement's axis: all values with their intervals, the best value and the promised bound.
  static func range(_ measurements: [Measurement], best: Double, limit: Double) -> ClosedRange<Double> {
    // One value far off must not squeeze the others together.
    let most = limit + 12 * (limit - best)
    let ends = measurements.flatMap { [$0.value - $0.interval, $0.value + $0.interval] }
    let values = ends.filter(\.isFinite) + [best, limit]
    let (low, high) = (values.min() ?? best, min(values.max() ?? limit, most))
    let room = 0.08 * (high - min(low, best))
    return max(min(low, best), best - (limit - best)) - room...high + room
  }

  private func addPlot(
    to sheet: inout Sheet, in frame: Rect, title: String, _ measurements: [Measurement], best: Double,
    limit: Double, strokes: (best: Stroke, bound: Stroke)
  ) {
    let range = Self.range(measurements, best: best, limit: limit)
    let plot = Plot(frame: frame, x: Axis(linear: range, length: frame.width, horizontal: true), y: .blank)
    sheet.addAxes(plot, grid: true)
    sheet.addPlotTitle(title, over: frame, from: frame.x)
    func place(_ value: Double) -> Double { plot.place(SIMD2(value, 0)).x }
    var items: [Drawing.Item] = [
      .upright(best, in: plot, strokes.best), .upright(limit, in: plot, strokes.bound),
    ]
    for (i, measured) in measurements.enumerated() {
      let middle = frame.y + (Double(i) + 0.5) * (frame.height / Double(measurements.count))
      let color = i == 0 ? sheet.theme.accent : sheet.theme.cloud
      guard range.contains(measured.value) else {
        items += beyond(measured.value, in: plot, at: middle, color, text: sheet.theme.ink)
        continue
      }
      let ends = [measured.value - measured.interval, measured.value + measured.interval].map {
        SIMD2(place(min(max($0, range.lowerBound), range.upperBound)), middle)
      }
      items.append(.line(ends, Stroke(color, width: 3)))
      items.append(.dots([SIMD2(place(measured.value), middle)], radius: 6, color))
    }
    sheet.clip(frame.grown(by: 6), items)
  }

  /// Marks a value beyond the axis: an arrowhead at the end of the axis, and the number.
  private func beyond(
    _ value: Double, in plot: Plot, at middle: Double, _ color: Color, text: Color
  ) -> [Drawing.Item] {
    let isLeft = value < plot.x.range.lowerBound
    let end = SIMD2(isLeft ? plot.frame.x : plot.frame.maxX, middle)
    let label = Label(
      NumberText.significant(value), at: SIMD2(end.x + (isLeft ? 20 : -20), Sheet.baseline(middle)),
      size: TextSize.small, color: text, alignment: isLeft ? .start : .end)
    return [.head(at: end, length: isLeft ? -13 : 13, half: 7, color), .label(label)]
  }
}

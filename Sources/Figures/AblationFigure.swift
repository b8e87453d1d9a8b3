import Plotting
import PointClouds

/// Variants of something as rows, each with two measurements and their intervals, beside what is promised: what
/// each choice of a training recipe is worth.
package struct AblationFigure: Figure {
  /// A measured number.
  package struct Measurement: Sendable, Hashable {
    /// The value.
    package var value: Double
    /// Half the width of its interval.
    package var interval: Double

    /// A value with its interval.
    package init(_ value: Double, interval: Double) {
      self.value = value
      self.interval = interval
    }
  }

  /// One variant.
  package struct Row: Sendable, Hashable {
    /// What is different.
    package var name: String
    /// The sliced W₂ distance as a multiple of its noise floor.
    package var ratio: Measurement
    /// The accuracy of the classifier two-sample test.
    package var accuracy: Measurement

    /// A variant with its measurements.
    package init(_ name: String, ratio: Measurement, accuracy: Measurement) {
      self.name = name
      self.ratio = ratio
      self.accuracy = accuracy
    }
  }

  /// The variants, from the top; the first is what the others are compared with.
  package var rows: [Row]
  /// What is promised of the two numbers.
  package var limits: (ratio: Double, accuracy: Double)
  /// The line above the plots.
  package var title: String

  /// The figure of 1 to 20 variants.
  package init(_ rows: [Row], limits: (ratio: Double, accuracy: Double), title: String) {
    precondition((1...20).contains(rows.count), "\(rows.count) variants in one figure")
    self.rows = rows
    self.limits = limits
    self.title = title
  }

  private static let (row, top) = (30.0, 82.0)

  private static func best(_ theme: Theme) -> Stroke { Stroke(theme.frame, width: 2) }
  private static func bound(_ theme: Theme) -> Stroke { Stroke(theme.muted, width: 2, dash: [4, 5]) }

  package func draw(theme: Theme) -> Drawing {
    let bottom = Self.top + Self.row * Double(rows.count)
    var drawing = Drawing(width: 960, height: bottom + 92, background: theme.background)
    drawing.addTitle(title, theme: theme)
    drawing.addLegend(
      [
        LegendEntry(text: "true points", stroke: Self.best(theme)),
        LegendEntry(text: "the bound", stroke: Self.bound(theme)),
      ], y: bottom + 72, theme: theme)
    let widest = rows.map { TextMetrics.width(of: $0.name, size: TextSize.small) }.max() ?? 0
    let left = 16 + min(widest, 340) + 14
    let (gap, right) = (34.0, 26.0)
    let width = (960 - left - gap - right) / 2
    for (i, row) in rows.enumerated() {
      let middle = Self.top + (Double(i) + 0.5) * Self.row
      drawing.add(
        Label(
          TextMetrics.fitted(row.name, size: TextSize.small, width: left - 30),
          at: SIMD2(left - 14, middle + TextMetrics.capHeight * TextSize.small / 2), size: TextSize.small,
          color: i == 0 ? theme.ink : theme.muted, alignment: .end, bold: i == 0))
    }
    addPlot(
      to: &drawing, x: left, width: width, title: "sliced W2 / floor", best: 1, limit: limits.ratio,
      theme: theme
    ) { $0.ratio }
    addPlot(
      to: &drawing, x: left + width + gap, width: width, title: "classifier accuracy", best: 0.5,
      limit: limits.accuracy, theme: theme
    ) { $0.accuracy }
    return drawing
  }

  /// What the axis of a measurement shows: all values with their intervals, what is best, and what is promised.
  static func range(_ measurements: [Measurement], best: Double, limit: Double) -> ClosedRange<Double> {
    // A value off by orders of magnitude must not hide the others.
    let most = limit + 12 * (limit - best)
    let ends = measurements.flatMap { [$0.value - $0.interval, $0.value + $0.interval] }
    let values = ends.filter(\.isFinite) + [best, limit]
    let (low, high) = (values.min() ?? best, min(values.max() ?? limit, most))
    let room = 0.08 * (high - min(low, best))
    return max(min(low, best), best - (limit - best)) - room...high + room
  }

  private func addPlot(
    to drawing: inout Drawing, x: Double, width: Double, title: String, best: Double, limit: Double,
    theme: Theme, _ measurement: (Row) -> Measurement
  ) {
    let frame = Rect(x: x, y: Self.top, width: width, height: Self.row * Double(rows.count))
    let range = Self.range(rows.map(measurement), best: best, limit: limit)
    let plot = Plot(
      frame: frame, x: Axis(linear: range, length: width, textSize: TextSize.small, horizontal: true),
      y: Axis(linear: 0...1, length: 1, textSize: TextSize.small, horizontal: true).withoutTicks)
    drawing.addAxes(plot, theme: theme, grid: true)
    drawing.addPlotTitle(title, over: frame, from: frame.x, theme: theme)
    func place(_ value: Double) -> Double { plot.place(SIMD2(value, 0)).x }
    func upright(_ value: Double, _ stroke: Stroke) -> Drawing.Item {
      .shape(.line([SIMD2(place(value), frame.y), SIMD2(place(value), frame.maxY)], stroke))
    }
    var items = [
      upright(best, Self.best(theme)),
      upright(limit, Self.bound(theme)),
    ]
    for (i, row) in rows.enumerated() {
      let measured = measurement(row)
      let middle = frame.y + (Double(i) + 0.5) * Self.row
      let color = i == 0 ? theme.accent : theme.cloud
      guard range.contains(measured.value) else {
        let end = SIMD2(measured.value < range.lowerBound ? frame.x : frame.maxX, middle)
        items += beyond(measured.value, at: end, isRight: end.x == frame.maxX, color, theme: theme)
        continue
      }
      let ends = [measured.value - measured.interval, measured.value + measured.interval].map {
        SIMD2(place(min(max($0, range.lowerBound), range.upperBound)), middle)
      }
      let center = SIMD2(place(measured.value), middle)
      items.append(.shape(.line(ends, Stroke(color, width: 3))))
      items.append(.points(PointLayer(centers: [center], radius: 6, colors: [color])))
    }
    drawing.items.append(.clip(frame.grown(by: 6), items))
  }

  /// A value that the axis does not reach: a head that points there from the axis' end, and the number.
  private func beyond(
    _ value: Double, at end: SIMD2<Double>, isRight: Bool, _ color: Color, theme: Theme
  ) -> [Drawing.Item] {
    let back = isRight ? -1.0 : 1
    let head = [end, end + SIMD2(back * 13, -7), end + SIMD2(back * 13, 7)]
    let text = Label(
      NumberText.significant(value),
      at: end + SIMD2(back * 20, TextMetrics.capHeight * TextSize.small / 2), size: TextSize.small,
      color: theme.ink, alignment: isRight ? .end : .start)
    return [.shape(Shape(outlines: [head], closed: true, fill: color)), .label(text)]
  }
}

import Plotting

/// Samplers on one model: the quality of their samples against the number of network evaluations and, for samplers
/// that add no noise, the distance of their end points from the exact flow. Both axes are logarithmic, so an order of
/// convergence is a slope.
public struct QualityFigure: Figure {
  /// One sampler.
  package struct Series: Sendable, Hashable {
    /// The sampler's name.
    package var name: String
    /// The numbers of network evaluations, ascending.
    package var evaluations: [Int]
    /// The distance of its samples from the truth as a multiple of the noise floor.
    package var ratios: [Double]
    /// The distance of its end points from those of the exact flow; empty for a sampler that adds noise.
    package var endPointErrors: [Double]
    /// The order of convergence fitted to the end points, if any.
    package var order: Double?

    /// The measurements of a sampler.
    /// - Precondition: there are as many ratios as evaluations, and as many end point errors or none.
    package init(
      _ name: String, evaluations: [Int], ratios: [Double], endPointErrors: [Double] = [],
      order: Double? = nil
    ) {
      precondition(
        ratios.count == evaluations.count
          && (endPointErrors.isEmpty || endPointErrors.count == evaluations.count),
        "\(evaluations.count) evaluations, \(ratios.count) ratios, \(endPointErrors.count) end point errors")
      (self.name, self.evaluations, self.ratios) = (name, evaluations, ratios)
      (self.endPointErrors, self.order) = (endPointErrors, order)
    }
  }

  /// The samplers.
  package var series: [Series]
  /// The title above the plots.
  package var title: String

  /// The figure of 1 to 8 samplers.
  package init(_ series: [Series], title: String) {
    precondition((1...8).contains(series.count), "\(series.count) samplers in one figure")
    precondition(series.contains { !$0.evaluations.isEmpty }, "samplers that never ran")
    (self.series, self.title) = (series, title)
  }

  public func draw(on page: Page) -> Drawing {
    let hasErrors = series.contains { !$0.endPointErrors.isEmpty }
    let hasDashed = hasErrors && series.contains { $0.endPointErrors.isEmpty }
    let lines = series.count + series.count { $0.order != nil } + (hasDashed ? 2 : 1)
    let least = Page.Size(
      Self.key + (hasErrors ? 460 : 240), Sheet.titleBand + 32 + max(70, Self.line * Double(lines)) + 10)
    return page.draw(least: least, title: title) { sheet in
      let (top, bottom) = sheet.band
      func axis(_ values: [Double], decades: Double) -> Axis {
        Axis(logarithmic: values, decades: decades, length: bottom - top)
      }
      var plots = [
        (
          title: "(a) sliced W2 / floor", values: series.map(\.ratios), floors: [1.0],
          y: axis(series.flatMap(\.ratios) + [0.9], decades: 4)
        )
      ]
      if hasErrors {
        plots.append(
          (
            title: "(b) off the exact flow", values: series.map(\.endPointErrors), floors: [],
            y: axis(series.flatMap(\.endPointErrors), decades: 8)
          ))
      }
      let gaps = plots.map { 9 + $0.y.room() + 8 }
      let width =
        (sheet.width - Sheet.edge - Self.key - gaps.reduce(0, +) - Self.gap * Double(plots.count - 1))
        / Double(plots.count)
      let evaluations = series.flatMap { $0.evaluations.map(Double.init) }
      let strokes = strokes(sheet.theme)
      var x = -Self.gap
      for (plot, gap) in zip(plots, gaps) {
        x += Self.gap + gap
        let frame = Rect(x: x, y: top, width: width, height: bottom - top)
        let axes = Plot(
          frame: frame,
          x: Axis(logarithmic: evaluations, decades: 6, length: width), y: plot.y)
        sheet.addAxes(axes, grid: true, xName: "network evaluations")
        sheet.addPlotTitle(plot.title, over: frame, from: x)
        sheet.addCurves(
          series.indices.map { index in
            Curve(
              points: zip(series[index].evaluations, plot.values[index]).map { SIMD2(Double($0), $1) },
              stroke: strokes[index])
          }, in: axes, below: plot.floors.map { .level($0, in: axes, Stroke(sheet.theme.muted, width: 2)) })
        x += width
      }
      addKey(to: &sheet, hasDashed: hasDashed, strokes: strokes)
    }
  }

  /// The room for the key, the height of its lines, and the gap between the plots.
  private static let (key, line, gap) = (216.0, 26.0, 14.0)

  /// One stroke per sampler, dashed for samplers that add noise.
  private func strokes(_ theme: Theme) -> [Stroke] {
    zip(series, theme.categories).map { series, color in
      Stroke(color, width: 3, dash: series.endPointErrors.isEmpty ? [9, 6] : [])
    }
  }

  private func addKey(to sheet: inout Sheet, hasDashed: Bool, strokes: [Stroke]) {
    let x = sheet.width - Self.key + 4
    var y = sheet.band.top + 16
    func entry(_ text: String, _ stroke: Stroke) {
      sheet.addLegendEntry(LegendEntry(text, stroke), x: x, y: y, room: Self.key - 12)
      y += Self.line
    }
    for (item, stroke) in zip(series, strokes) {
      entry(item.name, stroke)
      if let order = item.order {
        sheet.write(
          "order \(NumberText.plain(order, step: 0.01))", at: SIMD2(x + 42, y - 2), color: sheet.theme.muted)
        y += Self.line
      }
    }
    entry("noise floor", Stroke(sheet.theme.muted, width: 2))
    if hasDashed {
      sheet.write("dashed: adds noise", at: SIMD2(x, y + 4), color: sheet.theme.muted)
    }
  }
}

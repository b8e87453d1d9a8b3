import Plotting
import RealModule

/// Samplers on one model: the quality of their samples against the evaluations that they took, and, where they add
/// no noise, how far they end from the exact flow. Both axes are logarithmic, so an order is a slope.
package struct QualityFigure: Figure {
  /// One sampler.
  package struct Series: Sendable, Hashable {
    /// The sampler's name.
    package var name: String
    /// How often it asked the denoiser, ascending.
    package var evaluations: [Int]
    /// The distance of its samples from the truth as a multiple of the noise floor.
    package var ratios: [Double]
    /// How far its particles end from the exact flow's ends; empty for a sampler that adds noise.
    package var endPointErrors: [Double]
    /// The order that the end points show, where it was fitted.
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
      self.name = name
      self.evaluations = evaluations
      self.ratios = ratios
      self.endPointErrors = endPointErrors
      self.order = order
    }
  }

  /// The samplers.
  package var series: [Series]
  /// The line above the plots.
  package var title: String

  /// The figure of 1 to 8 samplers.
  package init(_ series: [Series], title: String) {
    precondition((1...8).contains(series.count), "\(series.count) samplers in one figure")
    precondition(series.contains { !$0.evaluations.isEmpty }, "samplers that never ran")
    self.series = series
    self.title = title
  }

  package func draw(theme: Theme) -> Drawing {
    var drawing = Drawing(width: 960, height: 540, background: theme.background)
    drawing.addTitle(title, theme: theme)
    let hasErrors = series.contains { !$0.endPointErrors.isEmpty }
    var axes = [axis(series.flatMap(\.ratios) + [0.9], decades: 4)]
    if hasErrors { axes.append(axis(series.flatMap(\.endPointErrors), decades: 8)) }
    let gaps = axes.map { 9 + 9 + $0.labelWidth(TextSize.small) + 8 }
    let width =
      (960 - 16 - Self.key - gaps.reduce(0, +) - 14 * Double(axes.count - 1)) / Double(axes.count)
    var x = gaps[0]
    addPlot(
      to: &drawing, x: x, width: width, y: axes[0], title: "(a) sliced W2 / floor", floor: 1, theme: theme
    ) { $0.ratios }
    if hasErrors {
      x += width + 14 + gaps[1]
      addPlot(
        to: &drawing, x: x, width: width, y: axes[1], title: "(b) off the exact flow", floor: nil,
        theme: theme
      ) { $0.endPointErrors }
    }
    addKey(to: &drawing, hasErrors: hasErrors, theme: theme)
    return drawing
  }

  private static let key = 216.0
  private static let (top, bottom) = (82.0, 478.0)

  private func axis(_ values: [Double], decades: Double) -> Axis {
    Axis(
      logarithmic: Axis.logarithmicRange(of: values, decades: decades), length: Self.bottom - Self.top,
      textSize: TextSize.small)
  }

  /// Samplers that add noise are dashed.
  private func stroke(_ index: Int, _ theme: Theme) -> Stroke {
    Stroke(
      theme.categories[index], width: 3, dash: series[index].endPointErrors.isEmpty ? [9, 6] : [])
  }

  private func addPlot(
    to drawing: inout Drawing, x: Double, width: Double, y: Axis, title: String, floor: Double?, theme: Theme,
    _ select: (Series) -> [Double]
  ) {
    let evaluations = series.flatMap { $0.evaluations.map(Double.init) }
    let height = Self.bottom - Self.top
    let plot = Plot(
      frame: Rect(x: x, y: Self.top, width: width, height: height),
      x: Axis(
        logarithmic: Axis.logarithmicRange(of: evaluations, decades: 6), length: width,
        textSize: TextSize.small),
      y: y)
    drawing.addAxes(plot, theme: theme, grid: true, xName: "network evaluations")
    drawing.addPlotTitle(title, over: plot.frame, from: x, theme: theme)
    let curves = series.indices.map { index in
      Curve(
        points: zip(series[index].evaluations, select(series[index])).map { SIMD2(Double($0), $1) },
        stroke: stroke(index, theme))
    }
    var below: [Drawing.Item] = []
    if let floor {
      let height = plot.place(SIMD2(plot.x.range.lowerBound, floor)).y
      below = [
        .shape(.line([SIMD2(x, height), SIMD2(plot.frame.maxX, height)], Stroke(theme.muted, width: 2)))
      ]
    }
    drawing.addCurves(curves, in: plot, below: below)
  }

  private func addKey(to drawing: inout Drawing, hasErrors: Bool, theme: Theme) {
    let x = 960 - Self.key + 4
    var y = Self.top + 16
    for (index, item) in series.enumerated() {
      drawing.addLegendEntry(
        LegendEntry(text: item.name, stroke: stroke(index, theme)), x: x, y: y, room: Self.key - 12,
        theme: theme)
      y += 26
      if let order = item.order {
        drawing.add(
          Label(
            "order \(NumberText.plain(order, step: 0.01))", at: SIMD2(x + 42, y - 2), size: TextSize.small,
            color: theme.muted))
        y += 26
      }
    }
    drawing.addLegendEntry(
      LegendEntry(text: "noise floor", stroke: Stroke(theme.muted, width: 2)), x: x, y: y,
      room: Self.key - 12, theme: theme)
    if hasErrors && series.contains(where: { $0.endPointErrors.isEmpty }) {
      drawing.add(
        Label("dashed: adds noise", at: SIMD2(x, y + 30), size: TextSize.small, color: theme.muted))
    }
  }
}

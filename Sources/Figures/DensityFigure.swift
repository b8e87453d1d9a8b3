import Plotting
import PointClouds

/// Densities side by side under one window and one scale of colours: a model's beside the true one.
package struct DensityFigure: Figure {
  /// A density with the line over its panel, to which its integral is added.
  package struct Panel: Sendable, Hashable {
    /// The line over the panel.
    package var title: String
    /// The density.
    package var density: ScalarField

    /// A panel of a density.
    package init(_ title: String, _ density: ScalarField) {
      self.title = title
      self.density = density
    }
  }

  /// The densities, left to right; all over one window.
  package var panels: [Panel]
  /// The line above the panels.
  package var title: String

  /// The figure of one to three densities.
  /// - Precondition: all cover the same window.
  package init(_ panels: [Panel], title: String = "Density") {
    precondition((1...3).contains(panels.count), "\(panels.count) densities side by side")
    precondition(
      panels.allSatisfy { $0.density.limits == panels[0].density.limits },
      "densities of different windows cannot be compared")
    self.panels = panels
    self.title = title
  }

  package func draw(theme: Theme) -> Drawing {
    let (width, edge, gap, barRoom) = (960.0, 14.0, 10.0, 110.0)
    let side = min((width - 2 * edge - barRoom) / Double(panels.count) - gap, 476)
    let top = 84.0
    var drawing = Drawing(width: width, height: top + side + 6, background: theme.background)
    drawing.addTitle(title, theme: theme)
    let maximum = panels.map(\.density.maximum).max() ?? 0
    let largest = maximum > 1e-290 ? maximum : 1  // below, not even ticks can be told apart
    let used = Double(panels.count) * (side + gap) + barRoom
    var x = (width - used) / 2
    var last = Rect(x: x, y: top, width: side, height: side)
    for panel in panels {
      let plot = Plot(
        square: Rect(x: x, y: top, width: side, height: side), limits: panel.density.limits)
      drawing.items.append(
        .clip(
          plot.frame, [.raster(panel.density.raster(in: plot.frame, ramp: theme.density, top: largest))]))
      drawing.addAxes(plot, theme: theme)
      drawing.add(
        Label(
          TextMetrics.fitted(
            "\(panel.title), integral \(panel.density.integral.fixed(3))", size: TextSize.medium,
            width: plot.frame.width),
          at: SIMD2(plot.frame.center.x, plot.frame.y - 10), size: TextSize.medium, color: theme.ink,
          alignment: .middle))
      last = plot.frame
      x += side + gap
    }
    let bar = Rect(x: last.maxX + 28, y: last.y, width: 18, height: last.height)
    drawing.addColorBar(
      ColorBar(
        ramp: theme.density,
        axis: Axis(linear: 0...largest, length: bar.height, textSize: TextSize.small, horizontal: false)),
      frame: bar, theme: theme)
    return drawing
  }
}

extension ScalarField {
  /// The integral over the window: the mean of the cells times its area.
  package var integral: Double {
    values.reduce(0, +) / Double(values.count) * 4 * limits.halfSide * limits.halfSide
  }

  /// The field of the values that a function gives for the cells' centres, all in one call.
  package init(over limits: Limits, size: Int, all values: (PointCloud) -> [Double]) {
    self.init(
      over: limits, size: size, values: values(PointCloud(Self.centers(of: limits, size: size))))
  }
}

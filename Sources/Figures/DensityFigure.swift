import Plotting
import PointClouds

/// Densities side by side over one window with one colour scale: a model's beside the true one.
public struct DensityFigure: Figure {
  /// A density with its title; the figure appends the integral to it.
  public struct Panel: Sendable, Hashable {
    /// The title over the panel.
    package var title: String
    /// The density.
    package var density: ScalarField

    /// A panel of a density.
    public init(_ title: String, _ density: ScalarField) {
      (self.title, self.density) = (title, density)
    }
  }

  /// The densities, left to right, all over the same window.
  package var panels: [Panel]
  /// The title above the panels.
  package var title: String

  /// The figure of one to three densities.
  /// - Precondition: all cover the same window.
  public init(_ panels: [Panel], title: String = "Density") {
    precondition((1...3).contains(panels.count), "\(panels.count) densities side by side")
    precondition(
      panels.allSatisfy { $0.density.limits == panels[0].density.limits },
      "densities of different windows cannot be compared")
    (self.panels, self.title) = (panels, title)
  }

  public func draw(on page: Page) -> Drawing {
    var spacing = PanelGrid.Spacing()
    (spacing.edge, spacing.gap, spacing.beside) = (14, 10, 120)
    (spacing.top, spacing.header) = (Sheet.titleBand, 34)
    (spacing.footer, spacing.bottom, spacing.reserve) = (0, 6, 64)
    spacing.smallest = 240  // with its tick labels
    let top = ScalarField.top(of: panels.map(\.density))
    var grid = PanelGrid(panels.count, columns: panels.count, spacing: spacing, on: page)
    var plots: [Plot] { zip(panels, grid.frames).map { Plot(square: $1, limits: $0.density.limits) } }
    if let last = plots.last?.frame {
      let excess = last.maxX + Sheet.colorBarWidth(to: top, height: last.height, gap: 28) - grid.width
      if excess > 0 {
        spacing.beside += excess
        grid = PanelGrid(panels.count, columns: panels.count, spacing: spacing, on: page)
      }
    }
    return grid.draw(title: title) { sheet in
      let ramp = sheet.theme.density
      for (panel, plot) in zip(panels, plots) {
        let frame = plot.frame
        sheet.clip(frame, [.raster(panel.density.raster(in: frame, ramp: ramp, top: top))])
        sheet.addAxes(plot)
        sheet.write(
          "\(panel.title), integral \(panel.density.integral.fixed(3))",
          at: SIMD2(frame.center.x, frame.y - 10), size: TextSize.medium, .middle, room: frame.width)
      }
      if let last = plots.last { sheet.addColorBar(ramp, to: top, beside: last.frame, gap: 28) }
    }
  }
}

extension ScalarField {
  /// The integral over the window: the mean of the cells times the area.
  package var integral: Double {
    values.reduce(0, +) / Double(values.count) * 4 * limits.halfSide * limits.halfSide
  }

  /// The values of a function at the centres of the cells, computed in one call.
  public init(over limits: Limits, size: Int, all values: (PointCloud) -> [Double]) {
    self.init(
      over: limits, size: size, values: values(PointCloud(Self.centers(of: limits, size: size))))
  }
}

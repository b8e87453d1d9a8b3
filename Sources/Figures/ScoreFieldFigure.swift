import Plotting
import PointClouds

/// The score ∇ log p as arrows over the density p.
public struct ScoreFieldFigure: Figure {
  /// The density.
  package var density: ScalarField
  /// The score.
  package var score: VectorField
  /// The title above the panel.
  package var title: String

  /// The figure of a density and its score over the window of the density.
  public init(density: ScalarField, score: VectorField, title: String = "Density and score") {
    (self.density, self.score, self.title) = (density, score, title)
  }

  public func draw(on page: Page) -> Drawing {
    page.draw(.standard, least: Page.Size(470, 300), title: title) { sheet in
      let theme = sheet.theme
      let caption = "length ∝ √|score|"
      let key = Sheet.keyGap + TextMetrics.width(of: caption, size: TextSize.small) + 4
      let plot = sheet.panel(density.limits, right: 176, key: key)
      let top = ScalarField.top(of: [density])
      sheet.clip(
        plot.frame,
        [.raster(density.raster(in: plot.frame, ramp: theme.density, top: top))]
          + Drawing.Item.arrows(score, in: plot, color: theme.ink))
      sheet.addAxes(plot)
      let corner = SIMD2(plot.frame.maxX + Sheet.keyGap, plot.frame.y)
      sheet.write("arrows: score", at: corner + SIMD2(0, 16))
      sheet.write(caption, at: corner + SIMD2(0, 42), color: theme.muted)
      sheet.addColorBar(theme.density, to: top, name: "density", beside: plot.frame, below: 106)
    }
  }
}

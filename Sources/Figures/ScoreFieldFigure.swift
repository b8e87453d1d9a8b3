import Plotting
import PointClouds

/// The score ∇ log p as arrows over the density p.
package struct ScoreFieldFigure: Figure {
  /// The density.
  package var density: ScalarField
  /// The score.
  package var score: VectorField
  /// The line above the panel.
  package var title: String

  /// The figure of a density and its score; the window is the density's.
  package init(density: ScalarField, score: VectorField, title: String = "Density and score") {
    self.density = density
    self.score = score
    self.title = title
  }

  package func draw(theme: Theme) -> Drawing {
    var drawing = Drawing(width: 720, height: 540, background: theme.background)
    drawing.addTitle(title, theme: theme)
    let plot = Plot(square: Rect(x: 14, y: 50, width: 530, height: 476), limits: density.limits)
    let maximum = density.maximum
    let top = maximum > 1e-290 ? maximum : 1  // below, not even ticks can be told apart
    drawing.items.append(
      .clip(
        plot.frame,
        [.raster(density.raster(in: plot.frame, ramp: theme.density, top: top))]
          + Drawing.Item.arrows(score, in: plot, color: theme.ink)))
    drawing.addAxes(plot, theme: theme)
    let x = plot.frame.maxX + 24
    let size = TextSize.small
    drawing.add(Label("arrows: score", at: SIMD2(x, plot.frame.y + 16), size: size, color: theme.ink))
    drawing.add(Label("length ∝ √|score|", at: SIMD2(x, plot.frame.y + 42), size: size, color: theme.muted))
    drawing.add(Label("density", at: SIMD2(x, plot.frame.y + 90), size: TextSize.medium, color: theme.ink))
    let bar = Rect(x: x, y: plot.frame.y + 106, width: 18, height: plot.frame.height - 106)
    drawing.addColorBar(
      ColorBar(
        ramp: theme.density,
        axis: Axis(linear: 0...top, length: bar.height, textSize: size, horizontal: false)),
      frame: bar, theme: theme)
    return drawing
  }
}

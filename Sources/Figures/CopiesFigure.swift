import Plotting
import PointClouds

/// Samples over the points that were trained on, each joined with the nearest of them: a network that has learned
/// its points by heart shows no lines.
package struct CopiesFigure: Figure {
  /// The samples.
  package var samples: PointCloud
  /// The points that were trained on.
  package var training: PointCloud
  /// The nearest training point of each sample.
  package var nearest: [SIMD2<Double>]
  /// The chance that a sample is nearer to the training points than a held-out point is, and how far from ½ that is
  /// in 95 % of all cases without copying.
  package var nearer, interval: Double
  /// The window of the plane.
  package var limits: Limits
  /// The line above the panel.
  package var title: String

  /// The figure of these samples.
  /// - Parameter limits: the window; that of the training points where it is `nil`.
  /// - Precondition: every sample has its nearest training point.
  package init(
    samples: PointCloud, training: PointCloud, nearest: [SIMD2<Double>], nearer: Double, interval: Double,
    limits: Limits? = nil, title: String
  ) {
    precondition(
      nearest.count == samples.count, "\(nearest.count) nearest points of \(samples.count) samples")
    self.samples = samples
    self.training = training
    self.nearest = nearest
    self.nearer = nearer
    self.interval = interval
    self.limits = limits ?? Limits(of: training)
    self.title = title
  }

  private static let (sampleRadius, trainingRadius) = (4.2, 1.8)

  package func draw(theme: Theme) -> Drawing {
    var drawing = Drawing(width: 720, height: 540, background: theme.background)
    drawing.addTitle(title, theme: theme)
    let plot = Plot(square: Rect(x: 14, y: 50, width: 480, height: 476), limits: limits)
    let joins = zip(samples.points, nearest).map { [plot.place($0), plot.place($1)] }
    let visible = joins.filter { plot.frame.contains($0[0]) }
    drawing.items.append(
      .clip(
        plot.frame,
        [
          .lines(LineLayer(paths: visible, colors: [theme.frame], segmentColors: [0], width: 1.4)),
          .points(
            PointLayer(centers: visible.map { $0[0] }, radius: Self.sampleRadius, colors: [theme.accent])),
        ]))
    // On top and small, so that a sample that is a copy wears its training point.
    let places = training.points.map(plot.place).filter { plot.frame.contains($0) }
    drawing.items.append(
      .points(PointLayer(centers: places, radius: Self.trainingRadius, colors: [theme.ink])))
    drawing.addAxes(plot, theme: theme)
    addKey(to: &drawing, beside: plot.frame, theme: theme)
    return drawing
  }

  private func addKey(to drawing: inout Drawing, beside frame: Rect, theme: Theme) {
    let x = frame.maxX + 24
    let size = TextSize.small
    func mark(_ color: Color, _ radius: Double, _ y: Double, _ text: String) {
      drawing.items.append(
        .points(PointLayer(centers: [SIMD2(x + 8, frame.y + y)], radius: radius, colors: [color])))
      drawing.add(Label(text, at: SIMD2(x + 24, frame.y + y + 6), size: size, color: theme.ink))
    }
    mark(theme.ink, Self.trainingRadius, 10, "training point")
    mark(theme.accent, Self.sampleRadius, 38, "sample")
    drawing.add(
      .line([SIMD2(x, frame.y + 66), SIMD2(x + 16, frame.y + 66)], Stroke(theme.frame, width: 1.4)))
    drawing.add(Label("to the nearest", at: SIMD2(x + 24, frame.y + 72), size: size, color: theme.ink))
    let lines = [
      ("nearer than a", theme.ink), ("held-out point:", theme.ink), (nearer.fixed(2), theme.ink),
      ("without copies:", theme.muted),
      ("0.50 ± " + interval.fixed(2), theme.muted),
    ]
    for (i, line) in lines.enumerated() {
      drawing.add(
        Label(line.0, at: SIMD2(x, frame.y + 130 + 26 * Double(i)), size: size, color: line.1))
    }
  }
}

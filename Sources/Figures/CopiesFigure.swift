import Plotting
import PointClouds

/// Samples, each joined with the nearest training point: where a network has memorized its training points, the lines
/// have no length.
package struct CopiesFigure: Figure {
  /// The samples and the training points.
  package var samples, training: PointCloud
  /// The nearest training point of each sample.
  package var nearest: [SIMD2<Double>]
  /// The probability that a sample is nearer to the training points than a held-out point is, and the half width of
  /// its 95 % interval around ½ without copying.
  package var nearer, interval: Double
  /// The window of the plane.
  package var limits: Limits
  /// The title above the panel.
  package var title: String

  /// The figure of these samples, in the window of the training points if `limits` is `nil`.
  /// - Precondition: every sample has its nearest training point.
  package init(
    samples: PointCloud, training: PointCloud, nearest: [SIMD2<Double>], nearer: Double, interval: Double,
    limits: Limits? = nil, title: String
  ) {
    precondition(
      nearest.count == samples.count, "\(nearest.count) nearest points of \(samples.count) samples")
    (self.samples, self.training, self.nearest) = (samples, training, nearest)
    (self.nearer, self.interval) = (nearer, interval)
    self.limits = limits ?? Limits(of: training)
    self.title = title
  }

  private static let (sampleRadius, trainingRadius) = (4.2, 1.8)

  package func draw(on page: Page) -> Drawing {
    page.draw(.standard, least: Page.Size(480, 340), title: title) { sheet in
      let theme = sheet.theme
      let plot = sheet.panel(limits, right: 226)
      let frame = plot.frame
      let joins = zip(samples.points, nearest).map { [plot.place($0), plot.place($1)] }
      let visible = joins.filter { frame.contains($0[0]) }
      sheet.clip(
        frame,
        [
          .lines(LineLayer(paths: visible, colors: [theme.frame], segmentColors: [0], width: 1.4)),
          .dots(visible.map { $0[0] }, radius: Self.sampleRadius, theme.accent),
        ])
      // On top and small, so that on a copy both the sample and its training point show.
      sheet.add(
        .dots(
          training.points.map(plot.place).filter { frame.contains($0) }, radius: Self.trainingRadius,
          theme.ink))
      sheet.addAxes(plot)
      let x = frame.maxX + Sheet.keyGap
      sheet.addKey([(Self.trainingRadius, theme.ink)], "training point", line: 0, beside: frame)
      sheet.addKey([(Self.sampleRadius, theme.accent)], "sample", line: 1, beside: frame)
      sheet.add(
        .line([SIMD2(x, frame.y + 66), SIMD2(x + 16, frame.y + 66)], Stroke(theme.frame, width: 1.4)))
      sheet.addKey([], "to the nearest", line: 2, beside: frame)
      let lines = [
        ("nearer than a", theme.ink), ("held-out point:", theme.ink), (nearer.fixed(2), theme.ink),
        ("without copies:", theme.muted), ("0.50 ± " + interval.fixed(2), theme.muted),
      ]
      for (i, line) in lines.enumerated() {
        sheet.write(line.0, at: SIMD2(x, frame.y + 130 + 26 * Double(i)), color: line.1)
      }
    }
  }
}

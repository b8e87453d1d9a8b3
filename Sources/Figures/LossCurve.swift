import Plotting
import RealModule

/// The training loss by step, raw and smoothed, with the held-out loss where there is one; y is logarithmic.
package struct LossCurve: Figure {
  /// A curve over training steps.
  package struct Series: Sendable, Hashable {
    /// The training steps, ascending.
    package var steps: [Int]
    /// The loss at each.
    package var losses: [Double]

    /// The curve through these points.
    /// - Precondition: there are as many losses as steps.
    package init(steps: [Int], losses: [Double]) {
      precondition(steps.count == losses.count, "\(losses.count) losses for \(steps.count) steps")
      self.steps = steps
      self.losses = losses
    }

    /// The points that a logarithmic axis can show: no loss of a network in Float is beyond them.
    var visible: [SIMD2<Double>] {
      zip(steps, losses).filter { (1e-100...1e100).contains($1) }.map { SIMD2(Double($0), $1) }
    }
  }

  /// The loss of the training batches.
  package var training: Series
  /// The loss on held-out points, if it was measured.
  package var heldOut: Series?
  /// The line above the plot.
  package var title: String

  /// The figure of a training run.
  package init(training: Series, heldOut: Series? = nil, title: String = "Training") {
    self.training = training
    self.heldOut = heldOut
    self.title = title
  }

  package func draw(theme: Theme) -> Drawing {
    var drawing = Drawing(width: 960, height: 540, background: theme.background)
    drawing.addTitle(title, theme: theme)
    let raw = training.visible
    let smooth = Self.smoothed(raw)
    let held = heldOut?.visible ?? []
    guard let last = (raw + held).map(\.x).max(), let first = (raw + held).map(\.x).min() else {
      drawing.add(
        Label(
          "no finite loss was recorded", at: drawing.page.center, size: TextSize.medium, color: theme.muted,
          alignment: .middle))
      return drawing
    }
    let plot = plot(
      x: (first > last / 10 ? first : 0)...max(last, first + 10),
      y: Self.range(raw: raw, curves: smooth + held))
    let area = plot.frame
    var curves: [Drawing.Item] = [
      .shape(
        .line(
          Self.thinned(raw, columns: 800).map(plot.place),
          Stroke(theme.cloud.opacity(0.3), width: 1))),
      .shape(.line(Self.thinned(smooth, columns: 800).map(plot.place), Stroke(theme.cloud, width: 3))),
    ]
    var entries = [
      LegendEntry(text: "batch loss", stroke: Stroke(theme.cloud.opacity(0.4), width: 2)),
      LegendEntry(text: "smoothed", stroke: Stroke(theme.cloud, width: 3)),
    ]
    if !held.isEmpty {
      curves.append(.shape(.line(held.map(plot.place), Stroke(theme.accent, width: 2.5))))
      entries.append(LegendEntry(text: "held out", stroke: Stroke(theme.accent, width: 2.5)))
    }
    drawing.addAxes(plot, theme: theme, grid: true, xName: "training step", yName: "loss")
    drawing.items.append(.clip(area, curves))
    if held.count <= 60 {
      // Not clipped: a mark on the edge stays round.
      drawing.items.append(
        .points(PointLayer(centers: held.map(plot.place), radius: 4.5, colors: [theme.accent])))
    }
    drawing.addLegend(entries, y: 68, theme: theme)
    return drawing
  }

  private func plot(x: ClosedRange<Double>, y: ClosedRange<Double>) -> Plot {
    let (top, bottom, right) = (84.0, 540.0 - 66, 960.0 - 34)
    let size = TextSize.small
    let yAxis = Axis(logarithmic: y, length: bottom - top, textSize: size)
    let left = 9 + yAxis.labelWidth(size) + 10 + 1.2 * TextSize.medium + 8
    return Plot(
      frame: Rect(x: left, y: top, width: right - left, height: bottom - top),
      x: Axis(linear: x, length: right - left, textSize: size, horizontal: true), y: yAxis)
  }

  /// What the y axis shows: all of the smooth curves and all but the wildest of the raw losses.
  static func range(raw: [SIMD2<Double>], curves: [SIMD2<Double>]) -> ClosedRange<Double> {
    let sorted = raw.map(\.y).sorted()
    let trimmed = sorted.count / 200
    let shown = sorted.dropFirst(trimmed).dropLast(trimmed) + curves.map(\.y)
    let (low, high) = (shown.min() ?? 0.1, shown.max() ?? 1)
    let room = Double.exp(max(0.06 * Double.log(high / low), 0.05))
    return low / room...high * room
  }

  /// The mean loss over a window of 1/20 of the run around each point, shorter at the start, where the loss
  /// falls fast: never more than a sixth of the way there.
  static func smoothed(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
    var sums = [0.0]
    for point in points { sums.append(sums[sums.count - 1] + point.y) }
    // No mean is below the lowest loss, but a difference of sums can be.
    let lowest = points.map(\.y).min() ?? 0
    return points.indices.map { i in
      let reach = min(points.count / 40, max(1, i / 6))
      let (first, last) = (max(0, i - reach), min(points.count - 1, i + reach))
      return SIMD2(points[i].x, max(lowest, (sums[last + 1] - sums[first]) / Double(last + 1 - first)))
    }
  }

  /// The curve's lowest and highest point in each of `columns` stretches: looks the same, weighs less.
  static func thinned(_ points: [SIMD2<Double>], columns: Int) -> [SIMD2<Double>] {
    guard points.count > 2 * columns else { return points }
    return (0..<columns).flatMap { column in
      let stretch = points[points.count * column / columns..<points.count * (column + 1) / columns]
      let extremes = [stretch.min { $0.y < $1.y }, stretch.max { $0.y < $1.y }].compactMap { $0 }
      return extremes.sorted { $0.x < $1.x }
    }
  }
}

import Plotting
import RealModule

/// The training loss by step, raw and smoothed; y is logarithmic.
public struct LossCurve: Figure {
  /// A curve over training steps.
  public struct Series: Sendable, Hashable {
    /// The training steps, ascending.
    package var steps: [Int]
    /// The loss at each.
    package var losses: [Double]

    /// The curve through these points.
    /// - Precondition: there are as many losses as steps.
    public init(steps: [Int], losses: [Double]) {
      precondition(steps.count == losses.count, "\(losses.count) losses for \(steps.count) steps")
      (self.steps, self.losses) = (steps, losses)
    }

    /// The points that a logarithmic axis can show; losses of a network in Float never exceed these limits.
    var visible: [SIMD2<Double>] {
      zip(steps, losses).filter { (1e-100...1e100).contains($1) }.map { SIMD2(Double($0), $1) }
    }
  }

  /// The loss of the training batches.
  package var training: Series
  /// The title above the plot.
  package var title: String

  /// The figure of a training run.
  public init(training: Series, title: String = "Training") {
    (self.training, self.title) = (training, title)
  }

  public func draw(on page: Page) -> Drawing {
    page.draw(least: Page.Size(470, 260), title: title) { sheet in
      let theme = sheet.theme
      let raw = training.visible
      let smooth = Self.smoothed(raw)
      guard let last = raw.map(\.x).max(), let first = raw.map(\.x).min() else {
        sheet.write(
          "no finite loss was recorded", at: SIMD2(sheet.width / 2, sheet.height / 2), size: TextSize.medium,
          color: theme.muted, .middle)
        return
      }
      let plot = plot(
        x: (first > last / 10 ? first : 0)...max(last, first + 10),
        y: Self.range(raw: raw, curves: smooth), on: sheet)
      func line(_ points: [SIMD2<Double>], _ stroke: Stroke) -> Drawing.Item {
        .line(Self.thinned(points, columns: 800).map(plot.place), stroke)
      }
      let smoothStroke = Stroke(theme.cloud, width: 3)
      sheet.addAxes(plot, grid: true, xName: "training step", yName: "loss")
      sheet.clip(
        plot.frame, [line(raw, Stroke(theme.cloud.opacity(0.3), width: 1)), line(smooth, smoothStroke)])
      sheet.addLegend(
        [
          LegendEntry("batch loss", Stroke(theme.cloud.opacity(0.4), width: 2)),
          LegendEntry("smoothed", smoothStroke),
        ], y: Sheet.titleBand + 18)
    }
  }

  private func plot(x: ClosedRange<Double>, y: ClosedRange<Double>, on sheet: Sheet) -> Plot {
    let (top, bottom) = (Sheet.titleBand + 34, sheet.height - Sheet.belowAxis - 4)
    let yAxis = Axis(logarithmic: y, length: bottom - top)
    let left = yAxis.room(named: true) + 8
    func xAxis(_ width: Double) -> Axis { Axis(linear: x, length: width, horizontal: true) }
    let usual = sheet.width - 34 - left
    let right = sheet.width - max(34, xAxis(usual).overhang(usual) + 1)
    return Plot(
      frame: Rect(x: left, y: top, width: right - left, height: bottom - top), x: xAxis(right - left),
      y: yAxis)
  }

  /// The range of the y axis: all smooth curves, and the raw losses except the most extreme 0.5 % on either side.
  static func range(raw: [SIMD2<Double>], curves: [SIMD2<Double>]) -> ClosedRange<Double> {
    let sorted = raw.map(\.y).sorted()
    let trimmed = sorted.count / 200
    let shown = sorted.dropFirst(trimmed).dropLast(trimmed) + curves.map(\.y)
    let (low, high) = (shown.min() ?? 0.1, shown.max() ?? 1)
    let room = Double.exp(max(0.06 * Double.log(high / low), 0.05))
    return low / room...high * room
  }

  /// The mean loss over a window of 1/20 of the run around each point. At the start, where the loss falls fast, the
  /// window reaches back at most a sixth of the way.
  static func smoothed(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
    var sums = [0.0]
    for point in points { sums.append(sums[sums.count - 1] + point.y) }
    // Rounding of the sums could bring a mean below the lowest loss.
    let lowest = points.map(\.y).min() ?? 0
    return points.indices.map { i in
      let reach = min(points.count / 40, max(1, i / 6))
      let (first, last) = (max(0, i - reach), min(points.count - 1, i + reach))
      return SIMD2(points[i].x, max(lowest, (sums[last + 1] - sums[first]) / Double(last + 1 - first)))
    }
  }

  /// The lowest and highest point of the curve in each of `columns` stretches: the same picture in a smaller file.
  static func thinned(_ points: [SIMD2<Double>], columns: Int) -> [SIMD2<Double>] {
    guard points.count > 2 * columns else { return points }
    return (0..<columns).flatMap { column in
      let stretch = points[points.count * column / columns..<points.count * (column + 1) / columns]
      let extremes = [stretch.min { $0.y < $1.y }, stretch.max { $0.y < $1.y }].compactMap { $0 }
      return extremes.sorted { $0.x < $1.x }
    }
  }
}

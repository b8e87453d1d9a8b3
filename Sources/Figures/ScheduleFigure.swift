import DiffusionProcess
import Plotting

/// What schedules do over time: ᾱ, the signal-to-noise ratio, the variance that a step adds, and where along
/// the noise the steps of a reverse chain go; several side by side.
package struct ScheduleFigure: Figure {
  /// What is drawn of one schedule.
  struct Schedule: Sendable {
    var name: String
    /// T; for a process without steps of its own the T of the figure.
    var steps: Int
    /// The levels at equal distances of time, from 0 to 1.
    var levels: [NoiseLevel]
    /// The variance v_{t|t−1} that steps add, over the time of their noisy end.  Equations (2.6)
    var added: [SIMD2<Double>]
    /// σ at the noisy end of every step of the reverse chain; infinite where there is no signal.
    var visited: [Double]

    init(_ schedule: any NoiseSchedule, steps: Int, reverseSteps: Int) {
      name = schedule.name
      self.steps = steps
      func level(_ share: Int, of count: Int) -> NoiseLevel {
        schedule.level(at: Double(share) / Double(count))
      }
      // A short chain has its own times, between which there is nothing to draw.
      let shown = min(steps, 250)
      levels = (0...shown).map { level($0, of: shown) }
      added = (1...shown).compactMap { k in
        let step = (k * steps + shown / 2) / shown
        let (before, after) = (level(step - 1, of: steps), level(step, of: steps))
        guard after.noise * before.signal > before.noise * after.signal else { return nil }
        let variance = ReversePosterior(from: after, to: before).transitionVariance
        return SIMD2(Double(step) / Double(steps), variance)
      }
      let count = min(reverseSteps, steps)
      visited = (1...count).map { level($0, of: count).sigma }
    }

    func curve(_ value: (NoiseLevel) -> Double, _ stroke: Stroke) -> Curve {
      Curve(
        points: levels.enumerated().map { SIMD2(Double($0) / Double(levels.count - 1), value($1)) },
        stroke: stroke)
    }
  }

  private var schedules: [Schedule]
  /// The line above the plots.
  package var title: String

  /// The figure of schedules, each under its name.
  ///
  /// A process without steps of its own is looked at as a chain as long as the longest other one, or of 1000
  /// steps.
  /// - Parameters:
  ///   - schedules: 1 to 6; more cannot be told apart.
  ///   - reverseSteps: the steps, at equal distances of time, whose places are shown; at least 1. A shorter
  ///     chain shows all of its own.
  ///   - title: the line above the plots.
  package init(
    _ schedules: [any NoiseSchedule], reverseSteps: Int = 25, title: String = "Noise schedules"
  ) {
    precondition((1...6).contains(schedules.count), "\(schedules.count) schedules in one figure")
    precondition(reverseSteps >= 1, "\(reverseSteps) steps of a reverse chain")
    let longest = schedules.compactMap { ($0 as? DiscreteSchedule)?.steps }.max() ?? 1000
    self.schedules = schedules.map {
      Schedule($0, steps: ($0 as? DiscreteSchedule)?.steps ?? longest, reverseSteps: reverseSteps)
    }
    self.title = title
  }

  package func draw(theme: Theme) -> Drawing {
    var drawing = Drawing(width: 960, height: 540, background: theme.background)
    drawing.addTitle(title, theme: theme)
    let strokes = schedules.indices.map {
      Stroke(theme.categories[$0], width: 3, dash: dash(of: $0))
    }
    let drawn = Array(zip(schedules, strokes))
    let rug = rugFrame
    let levels = schedules.flatMap(\.levels)
    let preserving = levels.allSatisfy { abs($0.signal * $0.signal + $0.noise * $0.noise - 1) < 1e-6 }
    let signal = max(1, levels.map { $0.signal * $0.signal }.max() ?? 1)
    let snr = levels.map(\.snr).filter { $0 > 0 && $0.isFinite }
    let ratios = max(1e-5, min(snr.min() ?? 0.1, 0.1))...min(1e5, max(snr.max() ?? 10, 10))
    let variances = Axis.logarithmicRange(of: schedules.flatMap(\.added).map(\.y), decades: 7)
    let length = Set(schedules.map(\.steps)).count == 1 ? ", T = \(schedules[0].steps)" : " a step"

    add(
      to: &drawing, column: 0, name: preserving ? "(a) ᾱ" : "(a) signal²",
      y: { Axis(linear: 0...signal, length: $0, textSize: TextSize.small, horizontal: false) },
      curves: drawn.map { $0.curve({ $0.signal * $0.signal }, $1) }, theme: theme)
    add(
      to: &drawing, column: 1, name: "(b) signal-to-noise",
      y: { Axis(logarithmic: ratios, length: $0, textSize: TextSize.small) },
      curves: drawn.map { $0.curve(\.snr, $1) }, theme: theme)
    add(
      to: &drawing, column: 2, name: (preserving ? "(c) β" : "(c) added noise²") + length,
      y: { Axis(logarithmic: variances, length: $0, textSize: TextSize.small) },
      curves: drawn.map { Curve(points: $0.added, stroke: $1) }, theme: theme)
    addRug(to: &drawing, frame: rug, strokes: strokes, theme: theme)
    return drawing
  }

  /// The dashes of a schedule's lines: a schedule that is nearly the same as earlier ones lets them show.
  func dash(of schedule: Int) -> [Double] {
    let levels = schedules[schedule].levels
    let same = schedules.prefix(schedule).filter { earlier in
      earlier.levels.count == levels.count
        && zip(earlier.levels, levels).allSatisfy {
          abs($0.signal - $1.signal) + abs($0.noise - $1.noise) < 0.01 * (1 + $0.noise)
        }
    }
    return same.isEmpty ? [] : same.count == 1 ? [12, 12] : [5, 19]
  }

  /// The height of a schedule's row, and where the lowest ends.
  private static let (row, floor) = (24.0, 478.0)

  private var rugFrame: Rect {
    let names = schedules.map { LegendEntry(text: $0.name, stroke: Stroke(Color(0), width: 1)).width }
    let left = 16 + min(names.max() ?? 0, 280) + 14
    let height = max(34, Self.row * Double(schedules.count))
    return Rect(x: left, y: Self.floor - height, width: 960 - 26 - left, height: height)
  }

  private func add(
    to drawing: inout Drawing, column: Int, name: String, y: (Double) -> Axis, curves: [Curve], theme: Theme
  ) {
    let (top, bottom) = (82.0, rugFrame.y - 96)
    let axis = y(bottom - top)
    let (start, width) = (10 + Double(column) * 314, 312.0)
    let left = start + 9 + max(42, axis.labelWidth(TextSize.small) + 4)
    let frame = Rect(x: left, y: top, width: start + width - 16 - left, height: bottom - top)
    let plot = Plot(
      frame: frame, x: Axis(linear: 0...1, length: frame.width, textSize: TextSize.small, horizontal: true),
      y: axis)
    drawing.addAxes(plot, theme: theme, grid: true, xName: "time t")
    drawing.addPlotTitle(name, over: frame, from: start + 6, theme: theme)
    drawing.addCurves(curves, in: plot)
  }

  /// The range of σ that all steps share, at least a decade; what is beyond 10⁻³...10³ does not widen it.
  var sigmas: ClosedRange<Double> {
    let shown = schedules.flatMap(\.visited).filter { (1e-3...1e3).contains($0) }
    let (low, high) = (shown.min() ?? 1, shown.max() ?? 1)
    let widen = max(1, (10 * low / high).squareRoot()) * 1.4
    return low / widen...high * widen
  }

  /// Draws a row of ticks a schedule, one tick where each step starts; the row's name serves as the legend.
  private func addRug(to drawing: inout Drawing, frame: Rect, strokes: [Stroke], theme: Theme) {
    let plot = Plot(
      frame: frame,
      x: Axis(logarithmic: sigmas, length: frame.width / 2, textSize: TextSize.small),
      y: Axis(linear: 0...1, length: 1, textSize: TextSize.small, horizontal: true).withoutTicks)
    drawing.addAxes(plot, theme: theme, grid: true, xName: "noise-to-signal ratio σ")
    drawing.addPlotTitle(
      "(d) where \(schedules.map(\.visited.count).max() ?? 0) steps at equal distances of time go",
      over: frame, theme: theme)
    let row = frame.height / Double(schedules.count)
    var marks: [Drawing.Item] = []
    for (i, schedule) in schedules.enumerated() {
      let middle = frame.y + (Double(i) + 0.5) * row
      drawing.addLegendEntry(
        LegendEntry(text: schedule.name, stroke: strokes[i]), x: 16,
        y: middle + TextMetrics.capHeight * TextSize.small / 2, room: frame.x - 14 - 16, theme: theme)
      let half = 7.0
      var ticks: [[SIMD2<Double>]] = []
      for sigma in schedule.visited where plot.x.range.contains(sigma) {
        let x = frame.x + plot.x.share(sigma) * frame.width
        ticks.append([SIMD2(x, middle - half), SIMD2(x, middle + half)])
      }
      let stroke = Stroke(strokes[i].color, width: 2.5)
      marks.append(.shape(Shape(outlines: ticks, closed: false, stroke: stroke)))
      // What lies outside is shown by an arrowhead at the edge.
      for (edge, side, isBeyond) in [
        (frame.x + 1, 1.0, schedule.visited.contains { $0 < plot.x.range.lowerBound }),
        (frame.maxX - 1, -1.0, schedule.visited.contains { !($0 <= plot.x.range.upperBound) }),
      ] where isBeyond {
        let base = edge + 9 * side
        marks.append(
          .shape(
            Shape(
              outlines: [[SIMD2(edge, middle), SIMD2(base, middle - half), SIMD2(base, middle + half)]],
              closed: true, fill: strokes[i].color)))
      }
    }
    drawing.items.append(.clip(frame, marks))
  }
}

import DiffusionProcess
import Plotting

/// Noise schedules over time: ᾱ, the signal-to-noise ratio, the variance added per step, and the noise levels at which
/// a reverse chain steps.
public struct ScheduleFigure: Figure {
  /// The curves of one schedule.
  struct Schedule: Sendable {
    var name: String
    /// T; a process without steps of its own has the T of the figure.
    var steps: Int
    /// The levels at equal distances of time, from 0 to 1.
    var levels: [NoiseLevel]
    /// The variance v_{t|t−1} that each step adds, over the time of its noisy end.  Equations (2.6)
    var added: [SIMD2<Double>]
    /// σ at the noisy end of every step of the reverse chain; infinite where there is no signal.
    var visited: [Double]

    init(_ schedule: any NoiseSchedule, steps: Int, reverseSteps: Int) {
      name = schedule.name
      self.steps = steps
      func level(_ share: Int, of count: Int) -> NoiseLevel {
        schedule.level(at: Double(share) / Double(count))
      }
      // A short chain is drawn at its own times only.
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
  /// The title above the plots.
  package var title: String

  /// The figure of 1 to 6 schedules, each under its name.
  ///
  /// A process without steps of its own is drawn as a chain as long as the longest of the others, or of 1000 steps.
  /// - Parameter reverseSteps: the number of steps, at equal distances of time, whose noise levels are shown; at least 1.
  ///   A shorter chain shows all of its own.
  public init(
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

  public func draw(on page: Page) -> Drawing {
    let rows = max(34, Self.row * Double(schedules.count))
    let least = Page.Size(600, Sheet.titleBand + 32 + 70 + Sheet.between + rows + Sheet.belowAxis)
    return page.draw(least: least, title: title) { sheet in
      let strokes = schedules.indices.map {
        Stroke(sheet.theme.categories[$0], width: 3, dash: dash(of: $0))
      }
      let left = sheet.besideNames(schedules.map { LegendEntry.width(of: $0.name) }, most: 7 / 24)
      let rug = Rect(
        x: left, y: sheet.band.bottom - rows, width: sheet.width - 26 - left, height: rows)
      addPlots(to: &sheet, bottom: rug.y - Sheet.between, strokes: strokes)
      addRug(to: &sheet, frame: rug, strokes: strokes)
    }
  }

  private func addPlots(to sheet: inout Sheet, bottom: Double, strokes: [Stroke]) {
    let drawn = Array(zip(schedules, strokes))
    let levels = schedules.flatMap(\.levels)
    let preserving = levels.allSatisfy { abs($0.signal * $0.signal + $0.noise * $0.noise - 1) < 1e-6 }
    let signal = max(1, levels.map { $0.signal * $0.signal }.max() ?? 1)
    let snr = levels.map(\.snr).filter { $0 > 0 && $0.isFinite }
    let ratios = max(1e-5, min(snr.min() ?? 0.1, 0.1))...min(1e5, max(snr.max() ?? 10, 10))
    let variances = Axis.logarithmicRange(of: schedules.flatMap(\.added).map(\.y), decades: 7)
    let length = Set(schedules.map(\.steps)).count == 1 ? ", T = \(schedules[0].steps)" : " a step"
    let height = bottom - sheet.band.top
    let plots: [(name: String, y: Axis, curves: [Curve])] = [
      (
        preserving ? "(a) ᾱ" : "(a) signal²", Axis(linear: 0...signal, length: height),
        drawn.map { $0.curve({ $0.signal * $0.signal }, $1) }
      ),
      (
        "(b) signal-to-noise", Axis(logarithmic: ratios, length: height),
        drawn.map { $0.curve(\.snr, $1) }
      ),
      (
        (preserving ? "(c) β" : "(c) added noise²") + length, Axis(logarithmic: variances, length: height),
        drawn.map { Curve(points: $0.added, stroke: $1) }
      ),
    ]
    let pitch = (sheet.width - 18) / Double(plots.count)
    for (column, (name, y, curves)) in plots.enumerated() {
      let start = 10 + Double(column) * pitch
      let left = start + 9 + max(42, y.labelWidth + 4)
      let frame = Rect(
        x: left, y: sheet.band.top, width: start + (pitch - 2) - 16 - left, height: height)
      let plot = Plot(frame: frame, x: Axis(linear: 0...1, length: frame.width, horizontal: true), y: y)
      sheet.addAxes(plot, grid: true, xName: "time t")
      sheet.addPlotTitle(name, over: frame, from: start + 6)
      sheet.addCurves(curves, in: plot)
    }
  }

  /// The height of a schedule's row.
  private static let row = 24.0

  /// The dashes of a schedule's lines; a schedule that nearly coincides with earlier ones leaves gaps for them.
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

  /// The range of the σ axis: at least a decade, and wide enough for all steps with σ in 10⁻³...10³.
  var sigmas: ClosedRange<Double> {
    let shown = schedules.flatMap(\.visited).filter { (1e-3...1e3).contains($0) }
    let (low, high) = (shown.min() ?? 1, shown.max() ?? 1)
    let widen = max(1, (10 * low / high).squareRoot()) * 1.4
    return low / widen...high * widen
  }

  /// Draws one row per schedule with a tick at the start of each step; the names of the rows serve as the legend.
  private func addRug(to sheet: inout Sheet, frame: Rect, strokes: [Stroke]) {
    let plot = Plot(frame: frame, x: Axis(logarithmic: sigmas, length: frame.width / 2), y: .blank)
    sheet.addAxes(plot, grid: true, xName: "noise-to-signal ratio σ")
    sheet.addPlotTitle(
      "(d) where \(schedules.map(\.visited.count).max() ?? 0) steps at equal distances of time go",
      over: frame
    )
    let row = frame.height / Double(schedules.count)
    var marks: [Drawing.Item] = []
    for (i, schedule) in schedules.enumerated() {
      let middle = frame.y + (Double(i) + 0.5) * row
      sheet.addLegendEntry(
        LegendEntry(schedule.name, strokes[i]), x: Sheet.edge, y: Sheet.baseline(middle),
        room: frame.x - Sheet.nameGap - Sheet.edge)
      let half = 7.0
      let color = strokes[i].color
      let ticks = schedule.visited.filter(plot.x.range.contains).map { sigma in
        let x = frame.x + plot.x.share(sigma) * frame.width
        return [SIMD2(x, middle - half), SIMD2(x, middle + half)]
      }
      marks.append(.shape(Shape(outlines: ticks, closed: false, stroke: Stroke(color, width: 2.5))))
      // An arrowhead at the edge stands for steps outside the range.
      if schedule.visited.contains(where: { $0 < plot.x.range.lowerBound }) {
        marks.append(.head(at: SIMD2(frame.x + 1, middle), length: -9, half: half, color))
      }
      if schedule.visited.contains(where: { !($0 <= plot.x.range.upperBound) }) {
        marks.append(.head(at: SIMD2(frame.maxX - 1, middle), length: 9, half: half, color))
      }
    }
    sheet.clip(frame, marks)
  }
}

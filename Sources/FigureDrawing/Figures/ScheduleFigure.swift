import DiffusionProcess
import RealModule

/// What schedules do over time: ᾱ, signal and noise, and the signal-to-noise ratio, several side by side.
public struct ScheduleFigure: Figure {
  /// A schedule's levels at equal distances of time, from 0 to 1.
  struct Curve: Sendable {
    var name: String
    var levels: [NoiseLevel]

    func points(_ value: (NoiseLevel) -> Double) -> [SIMD2<Double>] {
      levels.enumerated().map { SIMD2(Double($0) / Double(levels.count - 1), value($1)) }
    }
  }

  private var curves: [Curve]
  /// The line above the plots.
  public var title: String

  /// The figure of schedules, each under its name.
  /// - Precondition: there are 1 to 4; more cannot be told apart.
  public init(_ schedules: [any NoiseSchedule], title: String = "Noise schedules") {
    precondition((1...4).contains(schedules.count), "\(schedules.count) schedules in one figure")
    curves = schedules.map { schedule in
      // A short chain has its own times, between which there is nothing to draw.
      let steps = (schedule as? DiscreteSchedule).map { min($0.steps, 250) } ?? 250
      return Curve(
        name: schedule.name,
        levels: (0...steps).map { schedule.level(at: Double($0) / Double(steps)) })
    }
    self.title = title
  }

  public func draw(theme: Theme) -> Drawing {
    var drawing = Drawing(width: 960, height: 430, background: theme.background)
    drawing.addTitle(title, theme: theme)
    let colors = curves.indices.map { theme.categories[$0] }
    var entries = zip(curves, colors).map {
      LegendEntry(text: $0.name, stroke: Stroke($1, width: 3))
    }
    entries.append(LegendEntry(text: "signal", stroke: Stroke(theme.muted, width: 3)))
    entries.append(LegendEntry(text: "noise", stroke: Stroke(theme.muted, width: 3, dash: Self.dash)))
    drawing.addLegend(entries, y: 68, theme: theme)

    let preserving = curves.allSatisfy { curve in
      curve.levels.allSatisfy { abs($0.signal * $0.signal + $0.noise * $0.noise - 1) < 1e-6 }
    }
    let most = max(1, curves.flatMap(\.levels).map { max($0.signal, $0.noise) }.max() ?? 1)
    let snr = curves.flatMap(\.levels).map(\.snr).filter { $0 > 0 && $0.isFinite }
    let shown = max(1e-5, min(snr.min() ?? 0.1, 0.1))...min(1e5, max(snr.max() ?? 10, 10))

    add(
      to: &drawing, column: 0, name: preserving ? "(a) ᾱ" : "(a) signal²",
      y: { Axis(linear: 0...max(1, most * most), length: $0, textSize: TextSize.small, horizontal: false) },
      lines: zip(curves, colors).map { ($0.points { $0.signal * $0.signal }, Stroke($1, width: 3)) },
      theme: theme)
    add(
      to: &drawing, column: 1, name: preserving ? "(b) √ᾱ and √(1−ᾱ)" : "(b) signal and noise",
      y: { Axis(linear: 0...most, length: $0, textSize: TextSize.small, horizontal: false) },
      lines: zip(curves, colors).flatMap { curve, color in
        [
          (curve.points(\.signal), Stroke(color, width: 3)),
          (curve.points(\.noise), Stroke(color, width: 3, dash: Self.dash)),
        ]
      }, theme: theme)
    add(
      to: &drawing, column: 2, name: "(c) signal-to-noise",
      y: { Axis(logarithmic: shown, length: $0, textSize: TextSize.small) },
      lines: zip(curves, colors).map { curve, color in
        (curve.points(\.snr).filter { $0.y > 0 && $0.y.isFinite }, Stroke(color, width: 3))
      }, theme: theme)
    return drawing
  }

  private static let dash = [9.0, 7.0]

  private func add(
    to drawing: inout Drawing, column: Int, name: String, y: (Double) -> Axis,
    lines: [([SIMD2<Double>], Stroke)], theme: Theme
  ) {
    let (top, bottom) = (124.0, 430.0 - 66)
    let axis = y(bottom - top)
    let cell = Rect(x: 10 + Double(column) * 314, y: top, width: 312, height: bottom - top)
    let left = cell.x + 9 + max(42, axis.labelWidth(TextSize.small) + 4)
    let frame = Rect(x: left, y: top, width: cell.maxX - 16 - left, height: bottom - top)
    let plot = Plot(
      frame: frame, x: Axis(linear: 0...1, length: frame.width, textSize: TextSize.small, horizontal: true),
      y: axis)
    drawing.addAxes(plot, theme: theme, grid: true, xName: "time t")
    drawing.add(
      Label(name, at: SIMD2(frame.x, top - 14), size: TextSize.medium, color: theme.ink))
    // A little room, so that lines along the edges show their full width.
    drawing.items.append(
      .clip(frame.grown(by: 2), lines.map { .shape(.line($0.map(plot.place), $1)) }))
  }
}

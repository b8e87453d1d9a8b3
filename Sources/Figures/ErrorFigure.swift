import Plotting

/// How well models predict the noise at each noise level: the mean squared error of ε over the part that no
/// model can remove, and the excess over that part.  Equations (13.1)–(13.3)
package struct ErrorFigure: Figure {
  /// What the noise levels are told apart by.
  package enum Levels: Sendable, Hashable {
    /// Times in 0...1.
    case time
    /// Steps t of a chain.
    case step
    /// Noise-to-signal ratios σ, positive, on a logarithmic axis.
    case sigma
  }

  /// The errors of one model.
  package struct Model: Sendable, Hashable {
    /// What the model is called.
    package var name: String
    /// The mean squared error of ε, a coordinate, at each level; not-a-number where it was not measured.
    package var errors: [Double]
    /// The squared distance, a coordinate, from the exact prediction at each level; `nil` for the difference
    /// of error and floor.
    package var excess: [Double]?

    /// The errors of a model.
    /// - Parameters:
    ///   - name: what the model is called.
    ///   - errors: the mean squared error of ε, a coordinate, at each level.
    ///   - excess: the mean of ‖ε̂ − ε*‖²/d at each level where that was measured directly, which takes far
    ///     fewer points; `nil` for the difference of error and floor.
    /// - Precondition: errors and excess are equally many.
    package init(_ name: String, errors: [Double], excess: [Double]? = nil) {
      precondition(
        excess.map { $0.count == errors.count } ?? true,
        "\(excess?.count ?? 0) excesses for \(errors.count) errors")
      self.name = name
      self.errors = errors
      self.excess = excess
    }
  }

  /// The noise levels, ascending.
  package var levels: [Double]
  /// What they are.
  package var kind: Levels
  /// The models.
  package var models: [Model]
  /// The error of the exact prediction at each level; `nil` where it is not known.  Equations (13.3)
  package var floor: [Double]?
  /// The line above the plots.
  package var title: String

  /// The figure of models' errors at the same levels.
  /// - Parameters:
  ///   - levels: the noise levels, ascending.
  ///   - kind: what they are.
  ///   - models: 1 to 6, each with an error a level.
  ///   - floor: the error of the exact prediction at each level; without it there is no lower plot, unless a
  ///     model brings its own excess.
  ///   - title: the line above the plots.
  /// - Precondition: the counts fit; levels are finite, ascend and are in 0...1 as times, above 0 as σ.
  package init(
    levels: [Double], kind: Levels = .time, models: [Model], floor: [Double]? = nil,
    title: String = "Noise prediction by noise level"
  ) {
    precondition((1...6).contains(models.count), "\(models.count) models in one figure")
    precondition(!levels.isEmpty, "errors at no noise level")
    precondition(zip(levels, levels.dropFirst()).allSatisfy(<), "levels that do not ascend: \(levels)")
    precondition(levels.allSatisfy(\.isFinite), "a level that is no number in \(levels)")
    precondition(
      kind != .time || (levels[0] >= 0 && levels[levels.count - 1] <= 1),
      "times \(levels[0])...\(levels[levels.count - 1]) outside 0...1")
    precondition(kind != .sigma || levels[0] > 0, "σ = \(levels[0]) has no place on a logarithmic axis")
    for model in models {
      precondition(
        model.errors.count == levels.count,
        "\(model.name) has \(model.errors.count) errors at \(levels.count) levels")
    }
    precondition(
      floor.map { $0.count == levels.count } ?? true,
      "a floor of \(floor?.count ?? 0) values at \(levels.count) levels")
    self.levels = levels
    self.kind = kind
    self.models = models
    self.floor = floor
    self.title = title
  }

  package func draw(theme: Theme) -> Drawing {
    var drawing = Drawing(width: 960, height: 540, background: theme.background)
    drawing.addTitle(title, theme: theme)
    let strokes = models.indices.map { Stroke(theme.categories[$0], width: 3) }
    let excesses = models.map(excess)
    // An exact model has none, and zeros have no place on a logarithmic axis.
    let hasExcess = excesses.contains { $0?.contains { $0.isFinite && $0 > 0 } == true }
    let lower = Axis(
      logarithmic: Axis.logarithmicRange(of: excesses.compactMap { $0 }.flatMap { $0 }, decades: 6),
      length: 150, textSize: TextSize.small)
    let bottom = hasExcess ? Self.bottom - 150 - 40 : Self.bottom
    let upper = Axis(
      linear: 0...highest, length: bottom - Self.top, textSize: TextSize.small, horizontal: false)
    let left = 9 + 9 + max(upper.labelWidth(TextSize.small), lower.labelWidth(TextSize.small)) + 4
    let width = 960 - 16 - Self.key - 24 - left
    let x = xAxis(width)

    let above = Plot(
      frame: Rect(x: left, y: Self.top, width: width, height: bottom - Self.top), x: x, y: upper)
    drawing.addAxes(
      above, theme: theme, grid: true, xLabels: !hasExcess, xName: hasExcess ? nil : xName)
    drawing.addPlotTitle(
      (hasExcess ? "(a) " : "") + "mean squared error of ε", over: above.frame, theme: theme)
    drawing.addCurves(
      zip(models, strokes).map { curve($0.errors, $1) }, in: above, below: floorItems(in: above, theme: theme)
    )
    addKey(to: &drawing, beside: above.frame, strokes: strokes, theme: theme)

    guard hasExcess else { return drawing }
    let below = Plot(
      frame: Rect(x: left, y: Self.bottom - 150, width: width, height: 150), x: x, y: lower)
    drawing.addAxes(below, theme: theme, grid: true, xName: xName)
    drawing.addPlotTitle("(b) excess over the exact floor", over: below.frame, theme: theme)
    drawing.addCurves(zip(excesses, strokes).map { curve($0 ?? [], $1) }, in: below)
    addMeans(of: excesses, to: &drawing, beside: below.frame, strokes: strokes, theme: theme)
    return drawing
  }

  private static let (top, bottom, key) = (82.0, 478.0, 190.0)

  /// A model's excess over the floor at each level, or `nil` where neither it nor the floor is known.
  func excess(of model: Model) -> [Double]? {
    model.excess ?? floor.map { zip(model.errors, $0).map { $0 - $1 } }
  }

  /// What the upper plot's axis shows: all, but not much more than the noise's own variance, 1, which an error
  /// may exceed by far where there is hardly any noise.
  var highest: Double {
    let all = (models.map(\.errors) + [floor ?? []]).joined().filter { $0.isFinite && $0 > 0 }
    return min(1.04 * max(all.max() ?? 1, 1e-9), 1.5)
  }

  private var xName: String {
    switch kind {
    case .time: "time t"
    case .step: "step t"
    case .sigma: "noise-to-signal ratio σ"
    }
  }

  private func xAxis(_ width: Double) -> Axis {
    let (first, last) = (levels[0], levels[levels.count - 1])
    switch kind {
    case .time: return Axis(linear: 0...1, length: width, textSize: TextSize.small, horizontal: true)
    case .step:
      return Axis(
        linear: first...max(last, first + 4), length: width, textSize: TextSize.small, horizontal: true
      ).withIntegerTicks
    case .sigma:
      return Axis(
        logarithmic: first...max(last, 10 * first), length: width / 2, textSize: TextSize.small)
    }
  }

  private func curve(_ values: [Double], _ stroke: Stroke) -> Curve {
    Curve(points: zip(levels, values).map { SIMD2($0, $1) }, stroke: stroke)
  }

  private static func floorStroke(_ theme: Theme) -> Stroke { Stroke(theme.muted, width: 2) }
  private static func floorFill(_ theme: Theme) -> Color {
    theme.paper.mixed(with: theme.frame, share: 0.4)
  }

  /// The floor as an area from 0 up to it.
  private func floorItems(in plot: Plot, theme: Theme) -> [Drawing.Item] {
    guard let floor else { return [] }
    return curve(floor, Self.floorStroke(theme)).pieces(in: plot).flatMap { piece -> [Drawing.Item] in
      let line = piece.map(plot.place)
      let foot = [SIMD2(line[line.count - 1].x, plot.frame.maxY), SIMD2(line[0].x, plot.frame.maxY)]
      return [
        .shape(Shape(outlines: [line + foot], closed: true, fill: Self.floorFill(theme))),
        .shape(.line(line, Self.floorStroke(theme))),
      ]
    }
  }

  private func addKey(to drawing: inout Drawing, beside frame: Rect, strokes: [Stroke], theme: Theme) {
    var entries = zip(models, strokes).map { LegendEntry(text: $0.name, stroke: $1) }
    if floor != nil {
      entries.append(
        LegendEntry(
          text: "exact floor", stroke: Self.floorStroke(theme), fill: Self.floorFill(theme)))
    }
    for (i, entry) in entries.enumerated() {
      drawing.addLegendEntry(
        entry, x: frame.maxX + 20, y: frame.y + 16 + 28 * Double(i), room: Self.key, theme: theme)
    }
  }

  /// Writes each model's mean excess over the levels that have one.
  private func addMeans(
    of excesses: [[Double]?], to drawing: inout Drawing, beside frame: Rect, strokes: [Stroke], theme: Theme
  ) {
    let x = frame.maxX + 20
    drawing.add(
      Label("mean excess", at: SIMD2(x, frame.y - 12), size: TextSize.medium, color: theme.ink))
    for (i, excess) in excesses.enumerated() {
      let known = (excess ?? []).filter(\.isFinite)
      let mean = known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
      drawing.addLegendEntry(
        LegendEntry(text: NumberText.significant(mean), stroke: strokes[i]), x: x,
        y: frame.y + 16 + 26 * Double(i), room: Self.key, theme: theme)
    }
  }
}

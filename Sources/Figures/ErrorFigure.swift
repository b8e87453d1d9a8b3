import Plotting

/// The error of noise prediction at each noise level: the mean squared error of ε, and its excess over the exact
/// floor, below which no model can get.  Equations (13.1)–(13.3)
public struct ErrorFigure: Figure {
  /// The errors of one model.
  package struct Model: Sendable, Hashable {
    /// What the model is called.
    package var name: String
    /// The mean squared error of ε per coordinate at each level; NaN where it was not measured.
    package var errors: [Double]
    /// The squared distance from the exact prediction, per coordinate, at each level; if `nil`, the figure shows the
    /// difference of error and floor.
    package var excess: [Double]?

    /// The errors of a model.
    /// - Parameter excess: if it was measured directly, which takes far fewer points than the difference of error and
    ///   floor.
    /// - Precondition: `errors` and `excess` have equal counts.
    package init(_ name: String, errors: [Double], excess: [Double]? = nil) {
      precondition(
        excess.map { $0.count == errors.count } ?? true,
        "\(excess?.count ?? 0) excesses for \(errors.count) errors")
      (self.name, self.errors, self.excess) = (name, errors, excess)
    }
  }

  /// The times of the noise levels in 0...1, ascending.
  package var levels: [Double]
  /// The models.
  package var models: [Model]
  /// The error of the exact prediction at each level; `nil` if unknown.  Equations (13.3)
  package var floor: [Double]?
  /// The title above the plots.
  package var title: String

  /// The figure of the errors of 1 to 6 models at the same levels.
  /// - Parameter floor: without it the lower plot shows only models that have an excess of their own.
  /// - Precondition: all counts agree; the times are in 0...1 and ascend.
  package init(
    levels: [Double], models: [Model], floor: [Double]? = nil,
    title: String = "Noise prediction by noise level"
  ) {
    precondition((1...6).contains(models.count), "\(models.count) models in one figure")
    precondition(!levels.isEmpty, "errors at no noise level")
    precondition(zip(levels, levels.dropFirst()).allSatisfy(<), "levels that do not ascend: \(levels)")
    precondition(levels.allSatisfy(\.isFinite), "a level that is no number in \(levels)")
    precondition(
      levels[0] >= 0 && levels[levels.count - 1] <= 1,
      "times \(levels[0])...\(levels[levels.count - 1]) outside 0...1")
    for model in models {
      precondition(
        model.errors.count == levels.count,
        "\(model.name) has \(model.errors.count) errors at \(levels.count) levels")
    }
    precondition(
      floor.map { $0.count == levels.count } ?? true,
      "a floor of \(floor?.count ?? 0) values at \(levels.count) levels")
    (self.levels, self.models, self.floor, self.title) = (levels, models, floor, title)
  }

  public func draw(on page: Page) -> Drawing {
    let excesses = models.map(excess)
    // An exact model has no excess, and a logarithmic axis cannot show 0.
    let hasExcess = excesses.contains { $0?.contains { $0.isFinite && $0 > 0 } == true }
    let entries = models.count + (floor == nil ? 0 : 1)
    let (leastAbove, leastBelow) = (Self.line * Double(entries), max(70, 26 * Double(models.count) - 10))
    let least =
      Sheet.titleBand + 32 + max(70, leastAbove) + (hasExcess ? Self.gap + leastBelow : 0) + Sheet.belowAxis
    return page.draw(least: Page.Size(500, least), title: title) { sheet in
      let strokes = models.indices.map { Stroke(sheet.theme.categories[$0], width: 3) }
      let (top, bottom) = sheet.band
      let low = hasExcess ? min(150, max(leastBelow, 0.38 * (bottom - top))) : 150
      let lower = Axis(
        logarithmic: excesses.compactMap { $0 }.flatMap { $0 }, decades: 6, length: low)
      let height = (hasExcess ? bottom - low - Self.gap : bottom) - top
      let upper = Axis(linear: 0...highest, length: height)
      let left = 9 + max(upper.room(), lower.room()) + 4
      let width = sheet.width - Sheet.edge - Self.key - 24 - left
      let x = Axis(linear: 0...1, length: width, horizontal: true)

      let above = Plot(frame: Rect(x: left, y: top, width: width, height: height), x: x, y: upper)
      sheet.addAxes(above, grid: true, xLabels: !hasExcess, xName: hasExcess ? nil : "time t")
      sheet.addPlotTitle((hasExcess ? "(a) " : "") + "mean squared error of ε", over: above.frame)
      let (floorFill, floorStroke) = (
        sheet.theme.paper.mixed(with: sheet.theme.frame, share: 0.4), Stroke(sheet.theme.muted, width: 2)
      )
      sheet.addCurves(
        zip(models, strokes).map { curve($0.errors, $1) }, in: above,
        below: floor.map { curve($0, floorStroke).area(in: above, floorFill) } ?? [])
      var names = zip(models, strokes).map { LegendEntry($0.name, $1) }
      if floor != nil { names.append(LegendEntry("exact floor", floorStroke, fill: floorFill)) }
      addEntries(names, line: Self.line, beside: above.frame, to: &sheet)

      guard hasExcess else { return }
      let below = Plot(frame: Rect(x: left, y: bottom - low, width: width, height: low), x: x, y: lower)
      sheet.addAxes(below, grid: true, xName: "time t")
      sheet.addPlotTitle("(b) excess over the exact floor", over: below.frame)
      sheet.addCurves(zip(excesses, strokes).map { curve($0 ?? [], $1) }, in: below)
      sheet.write(
        "mean excess", at: SIMD2(below.frame.maxX + 20, below.frame.y - 12), size: TextSize.medium)
      addEntries(
        zip(excesses, strokes).map { LegendEntry(NumberText.significant(mean($0)), $1) }, line: 26,
        beside: below.frame, to: &sheet)
    }
  }

  /// The room for the key, the height of its lines, and the gap between the plots.
  private static let (key, line, gap) = (190.0, 28.0, 40.0)

  /// A model's excess over the floor at each level, or `nil` if neither the excess nor the floor is known.
  func excess(of model: Model) -> [Double]? {
    model.excess ?? floor.map { zip(model.errors, $0).map { $0 - $1 } }
  }

  /// The upper end of the errors' axis: it shows all errors, but not much above 1, the variance of the noise, which
  /// errors at very low noise can exceed by far.
  var highest: Double {
    let all = (models.map(\.errors) + [floor ?? []]).joined().filter { $0.isFinite && $0 > 0 }
    return min(1.04 * max(all.max() ?? 1, 1e-9), 1.5)
  }

  private func curve(_ values: [Double], _ stroke: Stroke) -> Curve {
    Curve(points: zip(levels, values).map { SIMD2($0, $1) }, stroke: stroke)
  }

  /// The mean over the levels that have an excess.
  private func mean(_ excess: [Double]?) -> Double {
    let known = (excess ?? []).filter(\.isFinite)
    return known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
  }

  private func addEntries(
    _ entries: [LegendEntry], line: Double, beside frame: Rect, to sheet: inout Sheet
  ) {
    for (i, entry) in entries.enumerated() {
      sheet.addLegendEntry(
        entry, x: frame.maxX + 20, y: frame.y + 16 + line * Double(i), room: Self.key)
    }
  }
}

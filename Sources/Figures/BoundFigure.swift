import Plotting

/// The variational bound by term: each step's nats over t, and the sums as bars beside the exact entropy.
/// Equations (6.2)–(6.5)
public struct BoundFigure: Figure {
  /// The bound of one model, or of one choice of the reverse variance.
  public struct Series: Sendable, Hashable {
    /// What the series is called.
    package var name: String
    /// L_T in nats: the divergence of the noisiest level from the prior.  Equations (6.3)
    package var prior: Double
    /// The noisy ends t of the steps, ascending.
    package var steps: [Int]
    /// L_{t−1} in nats at each of ``steps``.  Equations (6.4)
    package var terms: [Double]
    /// L_0 in nats; negative where the log-density is positive.  Equations (6.5)
    package var decoder: Double
    /// Whether it is the exact optimum, which is drawn dashed and without a colour of its own.
    package var isExact: Bool

    /// A bound in nats.
    /// - Parameter steps: 2, 3, … if `nil`.
    /// - Precondition: the steps ascend from at least 1, and there are as many terms as steps.
    package init(
      _ name: String, prior: Double, steps: [Int]? = nil, terms: [Double], decoder: Double,
      isExact: Bool = false
    ) {
      let steps = steps ?? Array(2..<2 + terms.count)
      precondition(steps.count == terms.count, "\(terms.count) terms for \(steps.count) steps")
      precondition(steps.allSatisfy { $0 >= 1 }, "a step before 1 in \(steps)")
      precondition(zip(steps, steps.dropFirst()).allSatisfy(<), "steps that do not ascend: \(steps)")
      (self.name, self.prior, self.steps) = (name, prior, steps)
      (self.terms, self.decoder, self.isExact) = (terms, decoder, isExact)
    }

    /// Σ L_{t−1}.
    package var sum: Double { terms.reduce(0, +) }
    /// The bound, −ELBO.  Equations (6.2)
    package var total: Double { prior + sum + decoder }

    /// The ranges of the terms on a bar, in nats, in the order Σ L_{t−1}, L_T, L_0: positive terms are stacked to the
    /// right of 0, negative ones to the left. A term that is not finite has no length.
    var stack: [(term: Term, range: ClosedRange<Double>)] {
      var (low, high) = (0.0, 0.0)
      return [(Term.sum, sum), (.prior, prior), (.decoder, decoder)].map { term, nats in
        guard nats.isFinite, (high + nats - low).isFinite else { return (term, high...high) }
        if nats >= 0 {
          high += nats
          return (term, high - nats...high)
        }
        low += nats
        return (term, low...low - nats)
      }
    }
  }

  /// The parts of a bound.
  enum Term: CaseIterable { case prior, sum, decoder }

  /// The bounds, which share the axes.
  package var series: [Series]
  /// The entropy of the data in nats, the lower limit of every bound; `nil` if unknown.
  package var entropy: Double?
  /// The title above the plots.
  package var title: String

  /// The figure of bounds.
  /// - Precondition: there are 1 to 6; more would be hard to distinguish.
  public init(_ series: [Series], entropy: Double? = nil, title: String = "The variational bound by term") {
    precondition((1...6).contains(series.count), "\(series.count) bounds in one figure")
    (self.series, self.entropy, self.title) = (series, entropy, title)
  }

  public func draw(on page: Page) -> Drawing {
    let rows = series.count + (entropy == nil ? 0 : 1)
    let least = Page.Size(
      790, Sheet.titleBand + 32 + 70 + Sheet.between + BoundTable.row * Double(rows) + Sheet.belowAxis)
    return page.draw(least: least, title: title) { sheet in
      var colors = sheet.theme.categories[...]
      let strokes = series.map { series in
        series.isExact
          ? Stroke(sheet.theme.ink, width: 3, dash: [9, 7]) : Stroke(colors.removeFirst(), width: 3)
      }
      let table = BoundTable(series: series, strokes: strokes, entropy: entropy)
      addSteps(to: &sheet, bottom: table.frame(on: sheet).y - Sheet.between, strokes: strokes)
      table.add(to: &sheet)
    }
  }

  private func addSteps(to sheet: inout Sheet, bottom: Double, strokes: [Stroke]) {
    // A term below 10⁻¹⁰ of the largest adds nothing visible.
    let y = Axis(
      logarithmic: series.flatMap(\.terms), decades: 10, length: bottom - sheet.band.top)
    let left = 9 + y.room() + 4
    let frame = Rect(
      x: left, y: sheet.band.top, width: sheet.width - 30 - left, height: bottom - sheet.band.top)
    let steps = series.flatMap(\.steps)
    let first = Double(steps.min() ?? 1)
    let last = max(Double(steps.max() ?? 2), first + 4)
    // In long chains the first steps hold most of the nats.
    let x =
      last > 30
      ? Axis(logarithmic: first...last, length: frame.width / 2)
      : Axis(linear: first...last, length: frame.width, horizontal: true).withIntegerTicks
    let plot = Plot(frame: frame, x: x, y: y)
    sheet.addAxes(plot, grid: true, xName: "step t")
    sheet.addPlotTitle("(a) Lₜ₋₁, the nats of each step", over: frame)
    sheet.addCurves(
      zip(series, strokes).map { series, stroke in
        Curve(points: zip(series.steps, series.terms).map { SIMD2(Double($0), $1) }, stroke: stroke)
      }, in: plot)
  }
}

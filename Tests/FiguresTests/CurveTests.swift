import Plotting
import TestSupport
import Testing

@testable import Figures

@Suite("Curves")
struct CurveTests {
  @Test("Smoothing leaves a constant alone and keeps every step")
  func smoothing() {
    let flat = (0..<500).map { SIMD2(Double($0), 0.7) }
    let smooth = LossCurve.smoothed(flat)
    #expect(smooth.map(\.x) == flat.map(\.x))
    // Differences of sums of up to 500 terms.
    #expect(smooth.allSatisfy { isClose($0.y, 0.7, 1e-12) })
  }

  @Test("A thinned curve has far fewer points and keeps its lowest and highest")
  func thinning() {
    let wild = (0..<100_000).map { SIMD2(Double($0), Double(($0 * 7919) % 100_003)) }
    let thin = LossCurve.thinned(wild, columns: 100)
    #expect(thin.count == 200)
    #expect(thin.map(\.y).min() == wild.map(\.y).min())
    #expect(thin.map(\.y).max() == wild.map(\.y).max())
    #expect(zip(thin, thin.dropFirst()).allSatisfy { $0.x < $1.x })
  }

  @Test("Losses that are no numbers are passed over; without any other the figure says so")
  func noLoss() {
    let gap = LossCurve.Series(steps: [1, 2, 3], losses: [0.5, .nan, 0.4])
    #expect(gap.visible == [SIMD2(1, 0.5), SIMD2(3, 0.4)])
    // Their quotient would be no number any more.
    #expect(LossCurve.Series(steps: [1, 2, 3], losses: [1e308, 1, 1e-308]).visible == [SIMD2(2, 1)])
    let drawing = LossCurve(training: .init(steps: [1], losses: [.infinity])).draw(theme: .light)
    #expect(drawing.labels.map(\.text).contains("no finite loss was recorded"))
  }

  @Test("The y axis shows every smooth value and all but the wildest raw ones")
  func range() {
    var raw = (0..<1000).map { SIMD2(Double($0), 1.0) }
    raw[500].y = 1e6
    let range = LossCurve.range(raw: raw, curves: [SIMD2(0, 0.5), SIMD2(0, 2)])
    #expect(range.contains(0.5) && range.contains(2))
    #expect(range.upperBound < 10)
  }

  @Test("A curve breaks where its axes cannot show it, and a lone point still leaves ink")
  func pieces() {
    let plot = Plot(
      frame: Rect(x: 0, y: 0, width: 100, height: 100),
      x: Axis(linear: 0...10, length: 100, horizontal: true),
      y: Axis(logarithmic: 0.1...10, length: 100))
    let values = [1, 2, 0, 3, .nan, 4, 5, -1, .infinity]
    let curve = Curve(
      points: values.enumerated().map { SIMD2(Double($0), $1) }, stroke: Stroke(Color(0), width: 2))
    #expect(curve.pieces(in: plot).map { $0.map(\.y) } == [[1, 2], [3], [4, 5]])
    var sheet = Sheet(width: 100, height: 100, theme: .light)
    sheet.addCurves([curve], in: plot)
    let drawing = Drawing(width: 100, height: 100, background: nil, items: sheet.items)
    let lines = drawing.panels[0].items.compactMap { if case .shape(let line) = $0 { line } else { nil } }
    #expect(lines.map { $0.outlines[0].count } == [2, 2, 2])
  }

  @Test("The range of a logarithmic axis drops what is too small to matter, and is never a point")
  func logarithmicRange() {
    let range = Axis.logarithmicRange(of: [1, 1e-3, 1e-30, 0, .nan, -1, .infinity], decades: 6)
    #expect(range.contains(1) && range.contains(1e-3) && range.contains(1e-6) && !range.contains(1e-8))
    let single = Axis.logarithmicRange(of: [5], decades: 6)
    #expect(single.contains(5) && single.upperBound / single.lowerBound > 3)
    #expect(Axis.logarithmicRange(of: [0, -.infinity], decades: 6) == 0.1...1)
  }
}

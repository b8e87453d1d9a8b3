import DiffusionProcess
import TestSupport
import Testing

@testable import FigureDrawing

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

  @Test("A chain's curves have a point at each of its steps, and only there")
  func scheduleSteps() {
    let drawing = ScheduleFigure([DiscreteSchedule.linear(steps: 10)]).draw(theme: .light)
    guard case .shape(let curve) = drawing.panels[0].items[0] else {
      Issue.record("the first panel has no curve")
      return
    }
    #expect(curve.outlines[0].count == 11)
  }
}

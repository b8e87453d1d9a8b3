import Plotting
import Testing

@testable import Figures

@Suite("Ablations")
struct AblationFigureTests {
  private func dots(_ drawing: Drawing) -> Int {
    drawing.flattened.count { if case .points = $0 { true } else { false } }
  }

  @Test("Every variant has its name and a dot in each of the two plots")
  func rows() {
    let figure = AblationFigure(
      [Gallery.ablation("default", 1.05, 0.505), Gallery.ablation("worse", 1.3, 0.56)], limits: (1.1, 0.53),
      title: "t")
    let drawing = figure.draw(theme: .light)
    #expect(drawing.labels.map(\.text).contains("default") && drawing.labels.map(\.text).contains("worse"))
    #expect(dots(drawing) == 4)
  }

  @Test(
    "The axis shows all values, what is best and what is promised; but one far off does not hide the others")
  func range() {
    func range(_ values: [Double]) -> ClosedRange<Double> {
      AblationFigure.range(values.map { .init($0, interval: 0.01) }, best: 1, limit: 1.1)
    }
    let usual = range([1.02, 1.3])
    #expect(usual.contains(1) && usual.contains(1.1) && usual.contains(1.3) && usual.upperBound < 1.5)
    let wide = AblationFigure.range([.init(1.2, interval: 0.3)], best: 1, limit: 1.1)
    #expect(wide.contains(1.5))
    #expect(range([1.02, 40]).upperBound < 3)
    #expect(range([1.02, .infinity]).upperBound < 1.3)
    #expect(range([0.97]).contains(0.97))
  }

  @Test("A value that the axis does not reach is a number at its end, and no dot")
  func beyond() {
    let rows = [
      Gallery.ablation("default", 1.05, 0.505), Gallery.ablation("far", 8.314, 0.56),
      Gallery.ablation("lost", .infinity, 0.56),
    ]
    let drawing = AblationFigure(rows, limits: (1.1, 0.53), title: "t").draw(theme: .light)
    let texts = drawing.labels.map(\.text)
    #expect(texts.contains("8.31") && texts.contains("∞"))
    // One dot of the ratios and three of the accuracies.
    #expect(dots(drawing) == 4)
  }

  @Test(
    "A variant that diverged and one far off are drawn without trouble, on a page as high as the rows need")
  func extremes() {
    let rows = (0..<20).map { Gallery.ablation("variant \($0)", $0 == 3 ? .infinity : Double($0), 0.5) }
    let high = AblationFigure(rows, limits: (1.1, 0.53), title: "t").draw(theme: .dark)
    let low = AblationFigure([rows[0]], limits: (1.1, 0.53), title: "t").draw(theme: .dark)
    #expect(high.height - low.height == 19 * 30)
  }
}

import Plotting
import TestSupport
import Testing

@testable import Figures

@Suite("The bound by term")
struct BoundFigureTests {
  @Test("The bound is the sum of its terms")
  func total() {
    let series = BoundFigure.Series("a", prior: 0.5, terms: [1, 2], decoder: -3)
    #expect(series.steps == [2, 3])
    #expect(series.total == 0.5)
  }

  @Test("A negative L₀ lies left of 0, the others end to end right of it")
  func negative() {
    let stack = BoundFigure.Series("a", prior: 0.5, terms: [1, 2], decoder: -3).stack
    #expect(stack.map(\.term) == [.sum, .prior, .decoder])
    #expect(stack.map(\.range) == [0...3, 3...3.5, -3...0])
  }

  @Test("A positive L₀ is laid on top")
  func positive() {
    #expect(BoundFigure.Series("a", prior: 0.5, terms: [1], decoder: 0.25).stack[2].range == 1.5...1.75)
  }

  @Test("The bars' axis holds all terms, the bounds and the entropy")
  func range() {
    let series = BoundFigure.Series("a", prior: 0, terms: [1, 2], decoder: -4)
    let stroke = Stroke(Color(0), width: 1)
    let range = BoundTable(series: [series], strokes: [stroke], entropy: 5).range
    #expect(range.contains(-4) && range.contains(5) && range.lowerBound > -5)
    #expect(BoundTable(series: [series], strokes: [stroke], entropy: nil).range.upperBound < 3.5)
  }

  @Test("The gap to the entropy is written beside each bound")
  func gap() {
    let texts = BoundFigure(
      [
        .init("a", prior: 0, terms: [3.25], decoder: -1), .init("b", prior: .infinity, terms: [], decoder: 0),
      ],
      entropy: 2
    ).draw(theme: .light).labels.map(\.text)
    for text in ["gap", "2.250", "0.250", "−1.000", "2.000", "∞"] { #expect(texts.contains(text)) }
    let alone = BoundFigure([.init("a", prior: 0, terms: [3.25], decoder: -1)]).draw(theme: .light)
    #expect(!alone.labels.map(\.text).contains("gap"))
  }

  @Test("The exact optimum is dashed and takes no colour from the others")
  func exact() {
    let series = { BoundFigure.Series($0, prior: 0, terms: [2, 1], decoder: 0, isExact: $0 == "exact") }
    let strokes = { (names: [String]) in
      BoundFigure(names.map(series)).draw(theme: .light).panels[0].items.compactMap {
        if case .shape(let shape) = $0 { shape.stroke } else { nil }
      }
    }
    let three = strokes(["a", "exact", "b"])
    #expect(three.map(\.dash.isEmpty) == [true, false, true])
    #expect([three[0], three[2]] == strokes(["a", "b"]))
  }

  @Test("Nats are written to thousandths, and to fewer places where they are many")
  func nats() {
    #expect(
      [1.23456, -0.0001, -912.52, 1234.6, 1e7, .nan, -.infinity].map(NumberText.nats)
        == ["1.235", "0.000", "−912.5", "1235", "1.0·10⁷", "–", "−∞"])
    #expect(
      [0, 0.0123, 3.2e-5, 9.996, 140].map(NumberText.significant) == [
        "0", "0.0123", "3.2·10⁻⁵", "10.0", "140",
      ])
  }
}

import DiffusionLab
import Testing

@testable import Exercises

@Suite("Comparing answers")
struct AnswerCheckTests {
  private let twice = AnswerCheck<Int>(
    inputs: [3, 0, 1, 2], edges: [9], right: { SIMD2(repeating: 2 * Double($0)) },
    mistakes: [
      Mistake("squared") { SIMD2(repeating: Double($0 * $0)) },
      Mistake("divided") { SIMD2(repeating: 1 / Double($0)) },
    ])

  private func explanation(_ answer: (Int) -> SIMD2<Double>?) -> Explanation? {
    if case .wrong(let explanation) = twice.verdict(of: answer) { explanation } else { nil }
  }

  @Test("right is what agrees to rounding")
  func right() {
    #expect(twice.verdict { SIMD2(repeating: Double($0) * 2 * (1 + 1e-12)) } == .right)
    #expect(twice.verdict { SIMD2(repeating: Double($0) * 2 + 1e-6) } != .right)
  }

  @Test("nil everywhere is not done, nil somewhere is wrong")
  func notDone() {
    #expect(twice.verdict { _ in nil } == .notDone)
    let partly = explanation { $0 == 1 ? nil : SIMD2(repeating: 2 * Double($0)) }
    #expect(partly?.reason.contains("nil here") == true)
    #expect(partly?.input == "1" && partly?.yours == "nil" && partly?.right == "(2.0000, 2.0000)")
  }

  @Test("a known mistake is told with the first input on which it shows")
  func known() {
    let squared = explanation { SIMD2(repeating: Double($0 * $0)) }
    #expect(
      squared
        == Explanation(reason: "squared", input: "3", yours: "(9.0000, 9.0000)", right: "(6.0000, 6.0000)"))
    // A mistake may divide by zero where the right answer does not.
    #expect(explanation { SIMD2(repeating: 1 / Double($0)) }?.reason == "divided")
  }

  @Test("the edges are asked only of an answer that is right elsewhere")
  func edges() {
    var asked: Set<Int> = []
    #expect(
      twice.verdict {
        asked.insert($0)
        return .zero
      } != .right)
    #expect(asked == [0, 1, 2, 3])
    let late = explanation { SIMD2(repeating: $0 == 9 ? 1 : 2 * Double($0)) }
    #expect(late?.input == "9" && late?.reason.contains("right for 4 of 5 inputs") == true)
  }

  @Test("an unknown mistake is told with the numbers and how often it is right")
  func unknown() {
    let shifted = explanation { SIMD2(repeating: 2 * Double($0) + 1) }
    #expect(shifted?.reason == "This is none of the usual mistakes. Compare the numbers.")
    #expect(shifted?.yours == "(7.0000, 7.0000)")
    let once = explanation { SIMD2(repeating: $0 == 2 ? 0 : 2 * Double($0)) }
    #expect(once?.reason.contains("right for 3 of 4 inputs") == true)
    #expect(once?.input == "2")
  }

  @Test("numbers that are not finite are told as such", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(value: Double) {
    let strange = explanation { $0 == 2 ? SIMD2(0, value) : SIMD2(repeating: 5) }
    #expect(strange?.reason.contains("not a finite number") == true)
    #expect(strange?.input == "2")
    #expect(strange?.description.contains("yours  (0.0000, \(value.fixed(4)))") == true)
  }

  @Test("an answer is right within 1e-9 of numbers beyond 1, and not at one and a half times as much")
  func tolerance() {
    #expect(twice.verdict { SIMD2(repeating: Double($0) * 2 * (1 + 0.9e-9)) } == .right)
    #expect(twice.verdict { SIMD2(repeating: Double($0) * 2 * (1 + 1.5e-9)) } != .right)
  }
}

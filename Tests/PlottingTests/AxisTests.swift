import Testing

@testable import Plotting

@Suite("Axes")
struct AxisTests {
  @Test("Labels have as many decimals as their step, and a true minus sign")
  func linearLabels() {
    let axis = Axis(linear: -1...1, length: 400, horizontal: true)
    #expect(axis.ticks.map(\.label) == ["−1.0", "−0.5", "0.0", "0.5", "1.0"])
  }

  @Test("Very small and very large values are multiples of a power of ten")
  func powers() {
    let axis = Axis(linear: 0...2e-7, length: 200)
    #expect(axis.ticks.map(\.label) == ["0", "0.5·10⁻⁷", "1.0·10⁻⁷", "1.5·10⁻⁷", "2.0·10⁻⁷"])
  }

  @Test("A logarithmic axis over many decades has powers of ten, every other one where they would crowd")
  func decades() {
    let axis = Axis(logarithmic: 1e-5...1e5, length: 240)
    #expect(axis.ticks.map(\.label) == ["10⁻⁴", "10⁻²", "10⁰", "10²", "10⁴"])
  }

  @Test("A logarithmic axis within one decade has simple digits, and equal steps where it is shorter still")
  func withinADecade() {
    #expect(
      Axis(logarithmic: 0.25...0.9, length: 400).ticks.map(\.label) == ["0.3", "0.5", "0.7"])
    let short = Axis(logarithmic: 0.82...0.95, length: 400)
    #expect(short.ticks.count >= 2)
  }

  @Test("Every tick lies on its axis, however long the axis and its labels")
  func ticksInRange() {
    for length in [30.0, 100, 400, 900] {
      for range in [0.0...1, -123456...98765, 1e-9...3e-9, 999.9...1000.1] {
        for horizontal in [true, false] {
          let axis = Axis(linear: range, length: length, horizontal: horizontal)
          #expect(axis.ticks.count >= 2)
          // 1e-6: a tick at the end of the range may be rounded beyond it.
          #expect(axis.ticks.allSatisfy { (-1e-6...1 + 1e-6).contains(axis.share($0.value)) })
        }
      }
    }
  }

  @Test("On a short axis of almost two decades, digits are thinned until they have room")
  func crowdedDigits() {
    let ticks = Axis(logarithmic: 0.011...0.99, length: 140).ticks
    #expect(ticks.map(\.label) == ["0.03", "0.1", "0.3"])
  }

  @Test("An axis of whole steps has no ticks between them")
  func integerTicks() {
    let axis = Axis(linear: 2...5, length: 800, horizontal: true).withIntegerTicks
    #expect(axis.ticks.map(\.label) == ["2", "3", "4", "5"])
  }

  @Test("Equal factors are equal lengths on a logarithmic axis")
  func logarithmicShare() {
    let axis = Axis(logarithmic: 1...100, length: 100)
    #expect(abs(axis.share(10) - 0.5) < 1e-12)  // rounding of two logarithms
  }
}

import Plotting
import PointClouds
import TestSupport
import Testing

@Suite("Ticks")
struct TicksTests {
  @Test(
    "Closed cases: the steps that a person would choose",
    arguments: [
      (0.0, 10.0, 5, [0, 2.5, 5, 7.5, 10]),
      (0, 1, 3, [0, 0.5, 1]),
      (-2, 2, 5, [-2, -1, 0, 1, 2]),
      (0, 100, 11, [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]),
    ])
  func closedCases(low: Double, high: Double, target: Int, expected: [Double]) {
    let ticks = Ticks(for: low...high, target: target).values
    #expect(ticks.count == expected.count)
    // Multiples of a step: one rounding each.
    #expect(zip(ticks, expected).allSatisfy { isClose($0, $1, 1e-12) }, "\(ticks)")
  }

  /// Ranges of all sizes and places, from the project's own noise.
  static let ranges: [ClosedRange<Double>] = (0..<200).map { i in
    let noise = NoiseSource(seed: 7, purpose: .data)
    let (u, v) = (noise.uniform(particle: i), noise.uniform(particle: i, lane: 1))
    var size = 1.0
    for _ in 0..<Int(v.x * 12) { size *= v.y < 0.5 ? 10 : 0.1 }
    let low = (u.x - 0.5) * 10 * size
    return low...low + (0.05 + u.y) * size
  }

  @Test("Ticks stay in their range and nearly fill it")
  func placement() {
    for range in Self.ranges {
      let width = range.upperBound - range.lowerBound
      let slack = 1e-6 * width  // the search's own slack is 1e-9
      let ticks = Ticks(for: range, target: 5).values
      #expect(ticks[0] >= range.lowerBound - slack && ticks[ticks.count - 1] <= range.upperBound + slack)
      #expect(ticks[ticks.count - 1] - ticks[0] > 0.4 * width, "\(ticks) in \(range)")
    }
  }

  @Test("Steps are nice numbers or their doubles, and about as many as asked for")
  func niceSteps() {
    for range in Self.ranges {
      for target in [3, 5, 8] {
        let ticks = Ticks(for: range, target: target)
        var digits = ticks.step
        while digits >= 10 * (1 - 1e-9) { digits /= 10 }
        while digits < 1 - 1e-9 { digits *= 10 }
        let nice = [1, 2, 2.5, 3, 4, 5, 6, 8].contains { isClose(digits, $0, 1e-6) }
        #expect(nice, "a step of \(ticks.step) for \(range)")
        #expect(ticks.count >= 2 && ticks.count <= 2 * target, "\(ticks.count) ticks for \(target)")
      }
    }
  }

  @Test("A tick at zero is exactly zero")
  func zero() {
    #expect(Ticks(for: -0.3...0.7, target: 6).values.contains(0))
  }
}

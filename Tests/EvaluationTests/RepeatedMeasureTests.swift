import Evaluation
import Testing

@Suite("Repeated measures")
struct RepeatedMeasureTests {
  @Test("Mean, deviation and interval of four numbers")
  func fourNumbers() {
    let measure = RepeatedMeasure([1, 2, 3, 6])
    #expect(measure.mean == 3)
    #expect(abs(measure.standardDeviation - (14.0 / 3).squareRoot()) < 1e-15)
    // t of 3 degrees of freedom is 3.1824; the expansion is right to 1 %.
    #expect(abs(measure.interval / (3.1824 * (14.0 / 3).squareRoot() / 2) - 1) < 0.01)
    #expect(RepeatedMeasure([5]).interval == 0)
  }

  @Test(
    "Quantiles of Student's t",
    arguments: [(2, 12.7062), (3, 4.3027), (6, 2.5706), (10, 2.2622), (41, 2.0211)])
  func quantiles(count: Int, quantile: Double) {
    // Values 1 and −1 in turn, and a 0 where their number is odd, have mean 0 and a known deviation.
    let values = (0..<count).map { $0 == count - 1 && count % 2 == 1 ? 0.0 : $0 % 2 == 0 ? 1 : -1 }
    let measure = RepeatedMeasure(values)
    let t = measure.interval * Double(count).squareRoot() / measure.standardDeviation
    #expect(abs(t / quantile - 1) < 0.01)
  }

  @Test("What measurements share does not average out")
  func overlap() {
    let values = (0..<20).map { Double($0 % 5) }
    let free = RepeatedMeasure(values)
    let half = RepeatedMeasure(values, overlap: 0.5)
    #expect(half.mean == free.mean && half.standardDeviation == free.standardDeviation)
    // 1/20 + 0.5 / (1 − 0.5) instead of 1/20.
    #expect(abs(half.interval / free.interval - 21.0.squareRoot()) < 1e-12)
  }
}

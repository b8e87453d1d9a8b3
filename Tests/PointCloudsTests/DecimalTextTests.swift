import PointClouds
import Testing

@Suite("Numbers with fixed decimals")
struct DecimalTextTests {
  @Test(
    "read as expected",
    arguments: [
      (0.0, 6, "0.000000"), (-1.5, 2, "-1.50"), (0.07, 1, "0.1"), (0.25, 1, "0.2"), (2.5, 0, "2"),
      (1e-9, 6, "0.000000"),
      (-1e-9, 6, "0.000000"), (123_456.789, 3, "123456.789"), (-0.0, 1, "0.0"), (.nan, 1, "nan"),
      (-.infinity, 1, "-inf"), (1e300, 6, "1e+300"),
      (-2.6, 0, "-3"), (-0.4, 0, "0"), (9.999_999_6, 6, "10.000000"), (1e-6, 12, "0.000001000000"),
      (-9_007_199_254.740_99, 6, "-9007199254.740990"),
    ])
  func text(number: Double, decimals: Int, text: String) {
    #expect(number.fixed(decimals) == text)
  }
}

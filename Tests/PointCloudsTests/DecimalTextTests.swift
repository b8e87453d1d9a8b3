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

  @Test(
    "show significant digits where the decimals would not, and stay as they are elsewhere",
    arguments: [
      (0.1234, "0.1234"), (0.0001, "0.0001"), (0, "0.0000"), (1.23456e-10, "1.235e-10"),
      (-4e-9, "-4.000e-09"),
      (9.9996e-7, "1.000e-06"), (123_456.78, "123456.7800"), (1.5e12, "1.500e+12"),
      (-98_765_432_109, "-9.877e+10"),
      (0.00004, "4.000e-05"), (0.00006, "0.0001"), (1e-300, "1.000e-300"),
      (.infinity, "inf"),
      (.nan, "nan"), (.leastNonzeroMagnitude, "5.000e-324"), (1.7976931348623157e308, "1.798e+308"),
    ])
  func readable(number: Double, text: String) {
    #expect(number.readable(4) == text)
  }

  @Test("keep the form of what they stand beside")
  func beside() {
    #expect(2.5e-3.readable(4, size: 1e-9) == "2.500e-03" && 1e-9.readable(4, size: 0.5) == "0.0000")
    #expect(0.0.readable(4, size: 1e-9) == "0")
  }
}

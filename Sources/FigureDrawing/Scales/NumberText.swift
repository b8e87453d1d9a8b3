import PointClouds
import RealModule

/// Numbers as a reader of a figure sees them, with a true minus sign.
enum NumberText {
  /// A value with as many decimals as its step needs.
  static func plain(_ value: Double, step: Double) -> String {
    var decimals = 0
    var power = 1.0
    while decimals < 9, abs((step * power).rounded() - step * power) > 1e-6 * step * power {
      decimals += 1
      power *= 10
    }
    return value.fixed(decimals).replacingMinus
  }

  /// A time in 0...1 as panels are titled, to thousandths.
  static func time(_ time: Double) -> String {
    var text = time.fixed(3)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return "t = " + text
  }

  /// A value to `decimals` places.
  static func rounded(_ value: Double, decimals: Int) -> String {
    value.fixed(decimals).replacingMinus
  }

  /// Labels of equal steps: plain, or as multiples of a power of ten where they are very large or small.
  static func labels(_ values: [Double], step: Double) -> [String] {
    let largest = values.map { abs($0) }.max() ?? 0
    if largest < 1e5 && step >= 1e-4 { return values.map { plain($0, step: step) } }
    let power = Int(Double.log10(max(largest, step)).rounded(.down))
    let scale = Double.pow(10, Double(power))
    return values.map { value in
      value == 0 ? "0" : plain(value / scale, step: step / scale) + "·" + powerOfTen(power)
    }
  }

  /// 10ⁿ.
  static func powerOfTen(_ exponent: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let text = String(abs(exponent)).compactMap { $0.wholeNumberValue }.map { String(digits[$0]) }.joined()
    return "10" + (exponent < 0 ? "⁻" : "") + text
  }
}

extension String {
  fileprivate var replacingMinus: String {
    hasPrefix("-") ? "−" + dropFirst() : self
  }
}

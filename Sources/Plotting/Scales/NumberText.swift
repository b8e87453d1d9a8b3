import PointClouds
import RealModule

/// Numbers as text for figures, with a true minus sign.
package enum NumberText {
  /// A value with as many decimals as the step between ticks needs.
  package static func plain(_ value: Double, step: Double) -> String {
    var decimals = 0
    var power = 1.0
    while decimals < 9, abs((step * power).rounded() - step * power) > 1e-6 * step * power {
      decimals += 1
      power *= 10
    }
    return value.fixed(decimals).replacingMinus
  }

  /// A value to at most `decimals` places, without trailing zeros and with a plain minus.
  package static func short(_ value: Double, decimals: Int = 2) -> String {
    var text = value.fixed(decimals)
    guard text.contains(".") else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// A time in 0...1 as panels are titled, to thousandths.
  package static func time(_ time: Double) -> String { "t = " + short(time, decimals: 3) }

  /// A value to `decimals` places.
  package static func rounded(_ value: Double, decimals: Int) -> String {
    value.fixed(decimals).replacingMinus
  }

  /// A value to three significant digits, as a multiple of a power of ten if it is very large or small.
  package static func significant(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "–" : value > 0 ? "∞" : "−∞" }
    guard value != 0 else { return "0" }
    var power = Int(Double.log10(abs(value)).rounded(.down))
    // Rounding can reach the next power: 9.996 is 10.0.
    if abs(value) / Double.pow(10, Double(power)) >= 9.995 { power += 1 }
    if (-3...4).contains(power) { return rounded(value, decimals: max(0, 2 - power)) }
    return rounded(value / Double.pow(10, Double(power)), decimals: 1) + "·" + powerOfTen(power)
  }

  /// Nats to three decimals; from 100 on to one decimal, from 1000 on to three significant digits.
  package static func nats(_ value: Double) -> String {
    guard abs(value) < 1000 else { return significant(value) }
    return rounded(abs(value) < 5e-4 ? 0 : value, decimals: abs(value) < 100 ? 3 : 1)
  }

  /// Labels of equal steps: plain, or as multiples of a power of ten if they are very large or small.
  package static func labels(_ values: [Double], step: Double) -> [String] {
    let largest = values.map { abs($0) }.max() ?? 0
    if largest < 1e5 && step >= 1e-4 { return values.map { plain($0, step: step) } }
    let power = Int(Double.log10(max(largest, step)).rounded(.down))
    let scale = Double.pow(10, Double(power))
    return values.map { value in
      value == 0 ? "0" : plain(value / scale, step: step / scale) + "·" + powerOfTen(power)
    }
  }

  /// 10ⁿ.
  package static func powerOfTen(_ exponent: Int) -> String {
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

/// A number as tables write it: digits, optionally with a decimal point or comma and an exponent.
struct DecimalNumber {
  /// The nearest `Double`; infinite if the number is beyond its range.
  let value: Double
  /// The decimal mark, `.` or `,`; 0 if there is none.
  let mark: UInt8

  /// The number in these bytes; `nil` if they hold anything else, such as hexadecimal digits, `1_000`, `inf`,
  /// `nan`, or separators of thousands.
  ///
  /// Correctly rounded, like `Double(_: String)`: numbers of up to 19 digits and powers of ten in 10⁻¹⁹…10¹⁹ by one
  /// exact product or quotient of 128 bits, all others by the standard library.
  /// - Complexity: O(bytes).
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    var place = range.lowerBound
    let end = range.upperBound
    guard place < end else { return nil }
    let isNegative = bytes[place] == UInt8(ascii: "-")
    if isNegative || bytes[place] == UInt8(ascii: "+") { place += 1 }

    var digits = 0  // the number of digits
    var counted = 0  // the digits from the first nonzero one; `mantissa` holds them while they are at most 19
    var mantissa: UInt64 = 0
    var exponent = 0
    var mark: UInt8 = 0
    while place < end {
      let digit = bytes[place] &- UInt8(ascii: "0")
      if digit < 10 {
        digits += 1
        if counted < 19 { mantissa = mantissa &* 10 &+ UInt64(digit) }
        if counted > 0 || digit > 0 { counted += 1 }
        if mark != 0 { exponent -= 1 }
      } else if mark == 0, bytes[place] == UInt8(ascii: ".") || bytes[place] == UInt8(ascii: ",") {
        mark = bytes[place]
        // A comma is a decimal mark only between digits; elsewhere it separates.
        if mark == UInt8(ascii: ","), digits == 0 || place + 1 == end || bytes[place + 1] &- 48 > 9 {
          return nil
        }
      } else {
        break
      }
      place += 1
    }
    guard digits > 0 else { return nil }
    if place < end {
      guard bytes[place] | 0x20 == UInt8(ascii: "e") else { return nil }
      place += 1
      var isDown = false
      if place < end, bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "+") {
        isDown = bytes[place] == UInt8(ascii: "-")
        place += 1
      }
      guard place < end else { return nil }
      var power = 0
      while place < end {
        let digit = bytes[place] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        power = min(10 * power + Int(digit), 1_000_000)
        place += 1
      }
      exponent += isDown ? -power : power
    }
    self.mark = mark
    if let exact = counted <= 19 ? Self.exact(mantissa, exponent) : nil {
      value = isNegative ? -exact : exact
      return
    }
    var text = Array(bytes[range])
    if let comma = text.firstIndex(of: UInt8(ascii: ",")) { text[comma] = UInt8(ascii: ".") }
    guard let value = Double(String(decoding: text, as: UTF8.self)) else { return nil }
    self.value = value
  }

  private static let powers: [UInt64] = (0...19).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

  /// `mantissa` · 10^`exponent`, rounded to nearest, ties to even; `nil` beyond the powers of ten of 64 bits.
  private static func exact(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    guard mantissa > 0 else { return 0 }
    guard (-19...19).contains(exponent) else { return nil }
    if exponent == 0 { return Double(mantissa) }
    let power = powers[abs(exponent)]
    if mantissa < 1 << 53, abs(exponent) <= 15 {
      // Both exact in a Double: one rounding in all (Clinger 1990, *How to read floating point numbers accurately*).
      return exponent < 0 ? Double(mantissa) / Double(power) : Double(mantissa) * Double(power)
    }
    if exponent > 0 {
      let (high, low) = mantissa.multipliedFullWidth(by: power)
      if high == 0 { return Double(low) }
      // The upper 64 bits, and one bit for everything below them, which breaks ties.
      let shift = high.leadingZeroBitCount
      let top = shift == 0 ? high : high << UInt64(shift) | low >> UInt64(64 - shift)
      let rest = low << UInt64(shift)
      return Double(top | (rest == 0 ? 0 : 1)) * scale(64 - shift)
    }
    let (up, down) = (mantissa.leadingZeroBitCount, power.leadingZeroBitCount)
    let (numerator, divisor) = (mantissa << UInt64(up), power << UInt64(down))
    // Numerator and divisor lie in 2⁶³..<2⁶⁴, so the quotient of numerator · 2⁶³ has 63 or 64 bits.
    let (quotient, rest) = divisor.dividingFullWidth((numerator >> 1, numerator << 63))
    return Double(quotient | (rest == 0 ? 0 : 1)) * scale(down - up - 63)
  }

  /// 2^`exponent`, of at most ±200.
  private static func scale(_ exponent: Int) -> Double {
    Double(bitPattern: UInt64(1023 + exponent) << 52)
  }
}

extension Double {
  /// The number with a fixed number of decimals, rounded to nearest; the same text on every machine.
  ///
  /// What rounds to zero has no sign. NaN and the infinities read "nan", "inf" and "-inf"; numbers of 2⁵³ and more
  /// in units of the last decimal fall back to Swift's shortest description.
  /// - Parameter decimals: in 0...12.
  package func fixed(_ decimals: Int) -> String {
    precondition((0...12).contains(decimals), "\(decimals) decimals")
    guard isFinite else { return isNaN ? "nan" : (self < 0 ? "-inf" : "inf") }
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    let units = (abs(self) * power).rounded(.toNearestOrEven)
    guard units < 0x1p53 else { return description }
    // At most 16 digits, a point and a sign, written from the last to the first.
    var rest = UInt64(units)
    var (digits, next) = (1, UInt64(10))
    while next <= rest { (digits, next) = (digits + 1, next * 10) }
    let sign = self < 0 && units > 0 ? 1 : 0
    let count = sign + max(digits, decimals + 1) + (decimals > 0 ? 1 : 0)
    return String(unsafeUninitializedCapacity: count) { bytes in
      for place in (0..<count).reversed() {
        if place < sign {
          bytes[place] = UInt8(ascii: "-")
        } else if decimals > 0 && place == count - 1 - decimals {
          bytes[place] = UInt8(ascii: ".")
        } else {
          bytes[place] = UInt8(ascii: "0") + UInt8(rest % 10)
          rest /= 10
        }
      }
      return count
    }
  }

  /// The number with `decimals` decimals if these show it, otherwise with 4 significant digits and a power of ten, as
  /// in `1.234e-10`.
  ///
  /// For quantities in units of the data, whose scale is not known beforehand.
  /// - Parameters:
  ///   - decimals: in 0...12.
  ///   - size: the number that decides the form instead of this one, so that numbers side by side share a form.
  package func readable(_ decimals: Int, size: Double? = nil) -> String {
    let size = abs(size ?? self)
    var least = 1.0
    for _ in 0..<decimals { least /= 10 }
    // Half a unit of the last decimal is rounded up to one.
    guard size.isFinite, size > 0, size < 0.5 * least || size >= 1e9 else { return fixed(decimals) }
    return significant
  }

  /// The number with 4 significant digits and a power of ten.
  private var significant: String {
    guard isFinite, self != 0 else { return self == 0 ? "0" : fixed(0) }
    // The shortest text has up to 17 digits; the fifth decides how the fourth is rounded.
    let digits = abs(self).description.lowercased()
    let parts = digits.split(separator: "e")
    var power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let whole = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    var figures = whole.joined().drop { $0 == "0" }
    power += whole[0].count - 1 - (whole.joined().count - figures.count)
    let next = figures.dropFirst(4).first ?? "0"
    figures = figures.prefix(4)
    var units = (Int(figures) ?? 0)
    for _ in figures.count..<4 { units *= 10 }
    if next >= "5" { units += 1 }
    if units == 10_000 { (units, power) = (1000, power + 1) }
    let text = String(units)
    let size = abs(power) < 10 ? "0\(abs(power))" : "\(abs(power))"
    return (self < 0 ? "-" : "") + "\(text.prefix(1)).\(text.dropFirst())e\(power < 0 ? "-" : "+")\(size)"
  }
}

extension Double {
  /// The number with a fixed count of decimals, rounded to nearest, the same text on every machine.
  ///
  /// Never "-0": what rounds to zero has no sign. Not-a-number and infinities read "nan", "inf", "-inf";
  /// numbers of 2⁵³ and more in units of the last decimal fall back to Swift's shortest description.
  /// - Parameter decimals: in 0...12.
  public func fixed(_ decimals: Int) -> String {
    precondition((0...12).contains(decimals), "\(decimals) decimals")
    guard isFinite else { return isNaN ? "nan" : (self < 0 ? "-inf" : "inf") }
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    let units = (abs(self) * power).rounded(.toNearestOrEven)
    guard units < 0x1p53 else { return description }
    var digits = String(Int(units))
    if decimals > 0 {
      digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
    }
    return (self < 0 && units > 0 ? "-" : "") + digits
  }
}

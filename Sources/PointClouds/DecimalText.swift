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
    // At most 16 digits, a point and a sign, from the last to the first.
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
}

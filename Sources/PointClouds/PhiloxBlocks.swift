/// Philox4x32-10 at eight consecutive counters, and the normals that Box and Muller's method makes of its words.
struct PhiloxBlocks {
  /// The number of counters.
  static let lanes = 8

  private typealias Words = SIMD8<UInt64>  // one 32-bit word in each, so that products have room
  private var x, y, z, w: Words

  /// The words at `counter` and at the seven that follow by counting up its first word.
  init(key: SIMD2<UInt32>, counter: SIMD4<UInt32>) {
    let low = Words(repeating: 0xFFFF_FFFF)
    var key = key
    x = (Words(repeating: UInt64(counter.x)) &+ Words(0, 1, 2, 3, 4, 5, 6, 7)) & low
    y = Words(repeating: UInt64(counter.y))
    z = Words(repeating: UInt64(counter.z))
    w = Words(repeating: UInt64(counter.w))
    for _ in 0..<Philox.rounds {
      let left = x &* UInt64(Philox.multipliers.left)
      let right = z &* UInt64(Philox.multipliers.right)
      x = (right &>> 32) ^ y ^ UInt64(key.x)
      y = right & low
      z = (left &>> 32) ^ w ^ UInt64(key.y)
      w = left & low
      key = key &+ Philox.keyStep
    }
  }

  /// Two independent standard normals of each counter.
  var normals: (x: SIMD8<Double>, y: SIMD8<Double>) {
    // The radius √(−2 log u).
    let u = Self.unit(x, y).bits
    let exponent = Self.number(u &>> 52) - 1023
    let significand = (u & Self.fraction | 1.0.bitPattern).doubles
    var radius = -2 * PortableMath.log(significand, exponent: exponent)
    for i in 0..<Self.lanes { radius[i] = radius[i].squareRoot() }

    // The direction: subtract the nearest quarter turn, and put it back by swapping and negating.
    let turns = Self.unit(z, w)
    let shifted = turns * 4 + 0x1.8p52  // rounds to a whole number, in the low bits
    let quarter = shifted.bits
    let rest = (turns - (shifted - 0x1.8p52) * 0.25) * 6.283_185_307_179_586_5
    let (s, c) = PortableMath.sineCosine(rest)
    let isOdd = quarter & 1 .!= 0
    let sine = s.replacing(with: c, where: isOdd).bits ^ ((quarter & 2) &<< 62)
    let cosine = c.replacing(with: s, where: isOdd).bits ^ (((quarter &+ 1) & 2) &<< 62)
    return (radius * cosine.doubles, radius * sine.doubles)
  }

  /// The mask of a Double's fraction bits.
  private static let fraction: UInt64 = 1 << 52 - 1

  /// The numbers in (0, 1) that ``NoiseSource/uniform(particle:lane:)`` makes of two words.
  private static func unit(_ high: Words, _ low: Words) -> SIMD8<Double> {
    (number((high &<< 32 | low) &>> 12) + 0.5) * 0x1p-52
  }

  /// Whole numbers below 2⁵² as Doubles, by their bits: conversions are slow.
  private static func number(_ x: Words) -> SIMD8<Double> { (x | 0x1p52.bitPattern).doubles - 0x1p52 }
}

extension SIMD8<Double> {
  /// The bits of the numbers.
  fileprivate var bits: SIMD8<UInt64> { unsafeBitCast(self, to: SIMD8<UInt64>.self) }
}

extension SIMD8<UInt64> {
  /// The numbers of these bits.
  fileprivate var doubles: SIMD8<Double> { unsafeBitCast(self, to: SIMD8<Double>.self) }
}

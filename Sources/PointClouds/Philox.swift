/// Philox4x32-10: four random words from a counter and a key, without state.
///
/// Salmon, Moraes, Dror and Shaw, *Parallel random numbers: as easy as 1, 2, 3*, SC 2011.
enum Philox {
  static let rounds = 10
  static let multipliers: (left: UInt32, right: UInt32) = (0xD251_1F53, 0xCD9E_8D57)
  /// The increments of the key after each round: the fractions of the golden ratio and of √3 as words.
  static let keyStep: SIMD2<UInt32> = [0x9E37_79B9, 0xBB67_AE85]

  /// The four random words of this counter under this key.
  static func block(key: SIMD2<UInt32>, counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var counter = counter
    var key = key
    for _ in 0..<rounds {
      let left = counter.x.multipliedFullWidth(by: multipliers.left)
      let right = counter.z.multipliedFullWidth(by: multipliers.right)
      counter = SIMD4(
        right.high ^ counter.y ^ key.x, right.low,
        left.high ^ counter.w ^ key.y, left.low)
      key = key &+ keyStep
    }
    return counter
  }
}

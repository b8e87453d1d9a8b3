/// Philox4x32-10: four random words from a counter and a key, without state.
///
/// Salmon, Moraes, Dror and Shaw, *Parallel random numbers: as easy as 1, 2, 3*, SC 2011.
enum Philox {
  /// The random words that belong to this counter under this key.
  static func block(key: SIMD2<UInt32>, counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var counter = counter
    var key = key
    for _ in 0..<10 {
      let left = counter.x.multipliedFullWidth(by: 0xD251_1F53)
      let right = counter.z.multipliedFullWidth(by: 0xCD9E_8D57)
      counter = SIMD4(
        right.high ^ counter.y ^ key.x, right.low,
        left.high ^ counter.w ^ key.y, left.low)
      key = key &+ SIMD2(0x9E37_79B9, 0xBB67_AE85)  // the golden ratio and √3 − 1
    }
    return counter
  }
}

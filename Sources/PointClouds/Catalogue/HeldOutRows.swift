/// The rule that holds out rows of a file from training, so that a model can be evaluated on them.
///
/// Of every ten rows in the file's order one is held out, at a random position, so that even a sorted file has
/// held-out rows of every kind. It is a pure function of the seed.
public struct HeldOutRows: Sendable, Hashable {
  /// One row out of this many is held out.
  package static let oneOf = 10
  /// The default split.
  public static let standard = HeldOutRows(seed: 0)

  /// The seed of the random positions.
  package let seed: UInt64

  /// The split with this seed.
  public init(seed: UInt64) { self.seed = seed }

  /// The positions of the held-out rows among `count`, ascending: a tenth of them, rounded down.
  /// - Complexity: O(count / 10).
  package func positions(among count: Int) -> [Int] {
    let noise = NoiseSource(seed: seed, purpose: NoiseSource.Purpose("held-out rows"))
    return (0..<count / Self.oneOf).map {
      $0 * Self.oneOf + noise.index(below: Self.oneOf, particle: $0)
    }
  }
}

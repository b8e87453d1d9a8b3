/// Which rows of a file are held out: never trained on, so that they can judge what was learned.
///
/// One row of every ten in the file's order, at a random place among the ten, so that a file whose rows are
/// sorted has held-out rows of every kind. A pure function of the seed.
package struct HeldOutRows: Sendable, Hashable {
  /// One row of so many is held out.
  package static let oneOf = 10
  /// The split of files about which nothing else was recorded.
  package static let standard = HeldOutRows(seed: 0)

  /// The seed of the random places.
  package let seed: UInt64

  /// The split with this seed.
  package init(seed: UInt64) { self.seed = seed }

  /// The positions of the held-out rows among `count`, ascending: a tenth of them, rounded down.
  /// - Complexity: O(count / 10).
  package func positions(among count: Int) -> [Int] {
    let noise = NoiseSource(seed: seed, purpose: NoiseSource.Purpose("held-out rows"))
    return (0..<count / Self.oneOf).map {
      $0 * Self.oneOf + noise.index(below: Self.oneOf, particle: $0)
    }
  }
}

import PointClouds

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Damaged files for readers, the same on every machine.
package struct Mutations: Sendable {
  private let seeds: [[UInt8]]
  private let noise: NoiseSource
  /// Bytes and texts that readers of this format look for.
  private let words: [[UInt8]]

  /// Damage to these files.
  /// - Parameter words: what belongs to the format, put in at random.
  package init(of seeds: [[UInt8]], words: [String], seed: UInt64) {
    self.seeds = seeds
    self.words = words.map { Array($0.utf8) } + [[0], [0xFF], [0x7F, 0xFF, 0xFF, 0xFF], Array("1e308".utf8)]
    noise = NoiseSource(seed: seed, purpose: NoiseSource.Purpose("fuzz"))
  }

  /// How many a test runs: 2,000, or as many as the environment variable `DIFFLAB_FUZZ` says.
  package static var count: Int {
    ProcessInfo.processInfo.environment["DIFFLAB_FUZZ"].flatMap { Int($0) } ?? 2000
  }

  /// File number `round`: a seed with up to eight pieces changed, put in, repeated, moved or removed, or noise.
  package func file(_ round: Int) -> [UInt8] {
    let source = noise.at(step: round)
    func random(_ limit: Int, _ hit: Int, _ lane: Int) -> Int {
      source.index(below: max(1, limit), particle: hit, lane: lane)
    }
    if round % 50 == 49 {
      return (0..<random(300, 0, 0)).map { UInt8(truncatingIfNeeded: source.bits(particle: $0, lane: 9).x) }
    }
    var bytes = seeds[round % seeds.count]
    for hit in 0..<(1 + random(8, 99, 0)) where !bytes.isEmpty {
      // Half of the hits fall on the beginning, where headers stand.
      let place = random(random(2, hit, 1) == 0 ? min(bytes.count, 200) : bytes.count, hit, 2)
      let length = 1 + random(12, hit, 3)
      switch random(8, hit, 4) {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: source.bits(particle: hit, lane: 5).x)
      case 1: bytes[place] ^= 1 << UInt8(random(8, hit, 5))
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + length))
      case 3: bytes.insert(contentsOf: bytes[place...].prefix(length), at: place)
      case 4: bytes.insert(contentsOf: words[random(words.count, hit, 5)], at: place)
      case 5:
        let word = words[random(words.count, hit, 5)]
        bytes.replaceSubrange(place..<min(bytes.count, place + word.count), with: word)
      case 6:
        let other = seeds[random(seeds.count, hit, 5)]
        bytes.insert(contentsOf: other.dropFirst(random(other.count, hit, 6)).prefix(3 * length), at: place)
      default: if random(4, hit, 5) == 0 { bytes.removeSubrange(place...) }
      }
    }
    return bytes
  }
}

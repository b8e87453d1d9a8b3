import Testing

@testable import PointClouds

/// Readers must give a cloud or a ``FileError`` for any bytes. A crash ends the test run, so reaching the end
/// is the claim; the counts check that both outcomes occur.
@Suite("Arbitrary bytes")
struct FuzzTests {
  private let noise = NoiseSource(seed: 11, purpose: NoiseSource.Purpose("fuzz"))

  @Test("never crash a reader, whether noise or damaged files")
  func readers() {
    let cloud = Moons().sample(count: 4, noise: noise)
    var npy = NPYFile.bytes(shape: [2, 2], values: [1, 2, 3, 4])
    npy.removeSubrange(70..<120)
    npy[8] -= 50  // a shorter header, so that damage hits it often
    let mixture =
      #"{"weights":[1,3],"means":[[0,1],[2.5,-1]],"covariances":[[[1,0.5],[0.5,2]],[[0.1,0],[0,0.1]]]}"#
    let seeds: [[UInt8]] = [Array(CSVFile.text(of: cloud).utf8), npy, Array(mixture.utf8), []]
    var accepted = 0
    var refused = 0
    func attempt(_ read: () throws -> Void) {
      do {
        try read()
        accepted += 1
      } catch {
        #expect(error is FileError)
        refused += 1
      }
    }
    for round in 0..<3_000 {
      let bytes = damaged(seeds[round % seeds.count], round)
      attempt { _ = try CSVFile.parse(bytes, path: "p") }
      attempt { _ = try NPYFile.parse(bytes, path: "p") }
      attempt { _ = try MixtureFile.parse(bytes, path: "p") }
    }
    #expect(accepted > 100 && refused > 1_000)
  }

  /// The bytes with a few of them replaced, removed or repeated; noise where there are none.
  private func damaged(_ bytes: [UInt8], _ round: Int) -> [UInt8] {
    let source = noise.at(step: round)
    var bytes = bytes
    if bytes.isEmpty {
      return (0..<source.index(below: 200, particle: 0)).map {
        UInt8(truncatingIfNeeded: source.bits(particle: $0).x)
      }
    }
    for hit in 0..<(1 + source.index(below: 3, particle: 0)) where !bytes.isEmpty {
      let place = source.index(below: bytes.count, particle: hit, lane: 1)
      switch source.index(below: 4, particle: hit, lane: 2) {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: source.bits(particle: hit, lane: 3).x)
      case 1: bytes[place] = Array("0123456789,.-()e{}[]'\n".utf8)[source.index(below: 22, particle: hit)]
      case 2: bytes.removeSubrange(place...)
      default: bytes.insert(contentsOf: bytes[place...].prefix(9), at: place)
      }
    }
    return bytes
  }
}

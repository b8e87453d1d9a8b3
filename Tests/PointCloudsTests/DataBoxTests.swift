import PointClouds
import TestSupport
import Testing

@Suite("A box")
struct DataBoxTests {
  private let box = DataBox(lower: SIMD2(-3, 10), upper: SIMD2(1, 12))

  @Test("takes its points to the unit box and back, and never out of itself")
  func unit() {
    let noise = NoiseSource(seed: 1, purpose: .data)
    let unit = PointCloud((0..<1000).map { noise.uniform(particle: $0) } + [.zero, SIMD2(1, 1)])
    let cloud = box.fromUnit(unit)
    #expect(box.shareOutside(cloud) == 0)
    let back = box.toUnit(cloud)
    // Numbers of order 10 that differ by 2: one digit is lost.
    for i in 0..<unit.count { #expect(isClose(back[i], unit[i], 1e-14)) }
    let awkward = DataBox(lower: SIMD2(0.1, 0.1), upper: SIMD2(0.7, 0.3))
    #expect(awkward.fromUnit(PointCloud([SIMD2(1, 1)]))[0] == awkward.upper)
  }

  @Test("counts what lies outside, and knows when there is no room in it")
  func outside() {
    #expect(box.shareOutside(PointCloud([SIMD2(0, 11), SIMD2(2, 11), SIMD2(1, 12), SIMD2(0, 9.9)])) == 0.5)
    let walls = PointCloud([SIMD2(0, 11), SIMD2(1, 11), SIMD2(2, 11), SIMD2(0, 10.0001)])
    #expect(box.shareOnWalls(walls) == 0.5)
    #expect(box.hasExtent && !DataBox(lower: .zero, upper: SIMD2(1, 0)).hasExtent)
    #expect(!DataBox(lower: SIMD2(1e15, 0), upper: SIMD2(1e15 + 1, 1)).hasExtent)
    #expect(!DataBox(lower: SIMD2(-1e308, 0), upper: SIMD2(1e308, 1)).hasExtent)
  }
}

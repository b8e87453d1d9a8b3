import PointClouds
import Testing

@Suite("Point clouds")
struct PointCloudTests {
  private let cloud = PointCloud([SIMD2(1, 2), SIMD2(3, 4), SIMD2(5, 6)], labels: [0, 1, 1])

  @Test("a prefix keeps points and labels together, and a longer one is the whole cloud")
  func prefix() {
    #expect(cloud.prefix(2) == PointCloud([SIMD2(1, 2), SIMD2(3, 4)], labels: [0, 1]))
    #expect(cloud.prefix(9) == cloud)
  }

  @Test("mapping moves the points and leaves the labels")
  func map() {
    let moved = cloud.map { $0 + SIMD2(1, 0) }
    #expect(moved[2] == SIMD2(6, 6))
    #expect(moved.labels == cloud.labels)
  }
}

import Figures
import Plotting
import PointClouds
import Testing

@Suite("Limits")
struct LimitsTests {
  @Test("The window of a cloud is a square around it with the margin on the longer side")
  func square() {
    let limits = Limits(of: PointCloud([SIMD2(-1, 0), SIMD2(3, 1)]), margin: 0.5)
    #expect(limits.center == SIMD2(1, 0.5))
    #expect(limits.halfSide == 3)
  }

  @Test("One wild point among many does not widen the window")
  func outlier() {
    var cloud = NoiseSource(seed: 1, purpose: .data).normalCloud(count: 1000)
    let calm = Limits(of: cloud)
    cloud[0] = SIMD2(1e6, 0)
    let wild = Limits(of: cloud)
    // Half the extent of the middle 98 % on top is the most that a lone point may add.
    #expect(wild.halfSide < 2 * calm.halfSide)
    #expect(!wild.contains(cloud[0]))
  }

  @Test("A cloud without extent gets a window of half side 1 around it")
  func onePoint() {
    #expect(Limits(of: PointCloud([SIMD2(2, 3), SIMD2(2, 3)])) == Limits(center: SIMD2(2, 3), halfSide: 1))
  }

  @Test(
    "Clouds without extent, without points and with points that are no numbers still have a window",
    arguments: [
      [], [SIMD2(2, 3)], [SIMD2(1e12, 0), SIMD2(1e12, 0)], [SIMD2(.nan, 0), SIMD2(0, 0)],
      [SIMD2(.infinity, 0)], [SIMD2(-1.5e308, 0), SIMD2(1.5e308, 0)],
    ] as [[SIMD2<Double>]])
  func degenerate(points: [SIMD2<Double>]) {
    let limits = Limits(of: PointCloud(points))
    #expect(limits.halfSide > 0 && limits.halfSide.isFinite)
    #expect(limits.x.lowerBound < limits.x.upperBound)
    _ = DatasetFigure(PointCloud(points), title: "").draw(theme: .light)
  }
}

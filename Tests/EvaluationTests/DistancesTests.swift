import PointClouds
import TestSupport
import Testing

@testable import Evaluation

@Suite("Distances between clouds")
struct DistancesTests {
  @Test("Two points a distance d apart are d/√2 apart in sliced W2, and 2d in energy distance")
  func twoPoints() {
    let a = PointCloud([SIMD2(0, 0)])
    let b = PointCloud([SIMD2(3, 4)])
    // The mean of cos² over the midpoint grid is ½ up to rounding.
    #expect(abs(slicedWasserstein(a, b) - 5 / 2.0.squareRoot()) < 1e-14)
    #expect(energyDistance(a, b) == 10)
  }

  @Test("A cloud is at distance 0 from itself, in any order and repeated")
  func itself() {
    let cloud = NoiseSource(seed: 1, purpose: .data).normalCloud(count: 101)
    let reversed = PointCloud(cloud.points.reversed())
    let doubled = PointCloud(cloud.points + cloud.points)
    #expect(slicedWasserstein(cloud, reversed) == 0)
    #expect(slicedWasserstein(cloud, doubled) == 0)
    // Sums of 10⁴ distances in another order.
    #expect(abs(energyDistance(cloud, reversed)) < 1e-13)
  }

  @Test("A shift moves sliced W2 by its length over √2")
  func shift() {
    let cloud = NoiseSource(seed: 2, purpose: .data).normalCloud(count: 200)
    #expect(
      abs(slicedWasserstein(cloud, cloud.map { $0 + SIMD2(0.3, -0.4) }) - 0.5 / 2.0.squareRoot()) < 1e-13)
  }

  @Test("Values on small clouds agree with the reference, sizes equal or not")
  func reference() throws {
    let fixture = try Fixture.load("metrics")
    for pair in fixture.pairs.list {
      let x = PointCloud(pair.X.points)
      let y = PointCloud(pair.Y.points)
      for (direction, expected) in zip(
        pair.directions.points, pair.sliced_w2_squared_per_direction.doubles)
      {
        let value = squaredWasserstein(x, y, along: direction)
        #expect(isClose(value, expected, fixture.tolerance), "\(pair.path)")
      }
      let energy = pair.energy_distance_squared_v_statistic.double
      #expect(isClose(energyDistance(x, y), energy, fixture.tolerance), "\(pair.path)")
    }
  }
}

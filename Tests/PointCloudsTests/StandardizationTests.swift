import PointClouds
import TestSupport
import Testing

@Suite("Standardization")
struct StandardizationTests {
  @Test("gives mean 0 and overall variance 1, and back the cloud that was", arguments: [0.0, 1e6])
  func roundTrip(offset: Double) throws {
    let raw = Moons().sample(count: 500, noise: NoiseSource(seed: 1, purpose: .data))
      .map { $0 * 3 + offset }
    let standardization = try #require(Standardization(of: raw))
    let standard = standardization.apply(raw)
    let mean = standard.points.reduce(.zero, +) / 500
    let variance = standard.points.reduce(0) { $0 + ($1 * $1).sum() } / 1000
    // The offset of 1e6 leaves 10 of 16 digits.
    let tolerance = offset == 0 ? 1e-13 : 1e-9
    #expect(abs(mean.x) < tolerance && abs(mean.y) < tolerance && abs(variance - 1) < tolerance)
    let back = standardization.undo(standard)
    for i in 0..<raw.count {
      #expect(((back[i] - raw[i]) * (back[i] - raw[i])).sum().squareRoot() <= 1e-14 * max(4, offset))
    }
    #expect(standard.labels == raw.labels)
  }

  @Test("knows the scale of two points in closed form")
  func closedForm() throws {
    // Variances 1 and 4 around (0, 1): tr Cov / 2 = 2.5.
    let cloud = PointCloud([SIMD2(-1, -1), SIMD2(1, 3)])
    let standardization = try #require(Standardization(of: cloud))
    #expect(standardization.mean == SIMD2(0, 1))
    #expect(standardization.scale == 2.5.squareRoot())
  }

  @Test("does not exist for a single point or for equal points, whatever their digits")
  func degenerate() {
    #expect(Standardization(of: PointCloud([SIMD2(1, 2)])) == nil)
    // The mean of three times 0.1 by plain summation is not 0.1.
    let equal = PointCloud([SIMD2<Double>](repeating: SIMD2(0.1, 0.7), count: 3))
    #expect(Standardization(of: equal) == nil)
  }

  @Test("gives each coordinate a scale of its own where a shared one would press the narrow one to a line")
  func ownScales() throws {
    let round = NoiseSource(seed: 2, purpose: .data).normalCloud(count: 2000)
    for factor in [1e-9, 1e-3, 0.2, 5, 1e6, 1e80] {
      let standardization = try #require(
        Standardization(of: round.map { $0 * SIMD2(factor, 1) + SIMD2(7, 3) }))
      #expect(!standardization.isShared)
      // 2,000 normals have their standard deviation to 5 %.
      #expect(abs(standardization.scales.x / factor - 1) < 0.05 && abs(standardization.scales.y - 1) < 0.05)
      #expect(
        isClose(
          standardization.scale, (standardization.scales.x * standardization.scales.y).squareRoot(), 1e-15))
    }
    for factor in [0.4, 1, 2.5] {
      #expect(try #require(Standardization(of: round.map { $0 * SIMD2(factor, 1) })).isShared)
    }
  }

  @Test("shares a scale where one coordinate has no spread: there is none to divide by")
  func flat() throws {
    let flat = PointCloud([SIMD2(0, 5), SIMD2(2, 5)])
    #expect(try #require(Standardization(of: flat)).scales == SIMD2(repeating: 0.5.squareRoot()))
  }

  @Test(
    "of every toy is shared, as it was before coordinates could have scales of their own", arguments: Toys.all
  )
  func toys(toy: any ToyDistribution) throws {
    let cloud = toy.sample(count: 2000, noise: NoiseSource(seed: 1, purpose: .data))
    #expect(try #require(Standardization(of: cloud)).isShared)
  }
}

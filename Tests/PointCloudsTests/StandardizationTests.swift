import PointClouds
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
}

import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@Suite("Two Gaussians of one variance")
struct SkewedPairTests {
  @Test(
    "have the three moments that they were asked for, wherever that can be",
    arguments: [-0.6, -0.2, 1e-6, 0.4, 0.6])
  func fit(skewness: Double) {
    for variance in [1e-6, 0.3, 4] {
      let third = skewness * variance * variance.squareRoot()
      let pair = SkewedPair(mean: -1.5, variance: variance, third: third)
      #expect(pair.isFeasible && pair.variance >= SkewedPair.varianceFloor * variance)
      #expect(isClose(pair.moments.mean, -1.5, 1e-15))
      #expect(abs(pair.moments.variance - variance) < 1e-12 * variance)
      // The gap is a difference of numbers near −1.5, rounded at 2e-16: at variance 1e-6 that is 1e-12 of it.
      #expect(abs(pair.moments.third - third) < 1e-11 * variance * variance.squareRoot())
    }
  }

  @Test("keep mean and variance where the skewness is out of reach, and a tenth of the variance each")
  func infeasible() {
    for third in [0.62, -0.71, 5, -1e9] {
      let pair = SkewedPair(mean: 2, variance: 1, third: third)
      #expect(!pair.isFeasible)
      #expect(isClose(pair.moments.mean, 2, 1e-15) && isClose(pair.moments.variance, 1, 1e-14))
      #expect(isClose(pair.variance, SkewedPair.varianceFloor, 1e-14))
      // (0.9)^{3/2} / √2 of what two points would have.
      let largest = 0.9 * 0.9.squareRoot() * SkewedPair.largestSkewness
      #expect(isClose(abs(pair.moments.third), largest, 1e-14) && pair.moments.third * third > 0)
    }
  }

  @Test("are 1/√2 skewed at most: as two points are that have shares ⅓ and ⅔")
  func bound() {
    #expect(isClose(SkewedPair.largestSkewness, 0.5.squareRoot(), 1e-15))
    // 2 with probability ⅓, else −1: variance 2, third moment 2.
    #expect(isClose(2 / (2 * 2.0.squareRoot()), SkewedPair.largestSkewness, 1e-15))
  }

  @Test("are one Gaussian where there is no third moment, and a point where there is no variance")
  func degenerate() {
    let normal = SkewedPair(mean: 1, variance: 0.5, third: 0)
    #expect(normal.isNormal && normal.first == 1 && normal.variance == 0.5 && normal.isFeasible)
    for variance in [0, -1e-9] {
      let point = SkewedPair(mean: 1, variance: variance, third: 0.1)
      #expect(point.isNormal && point.first == 1 && point.variance == 0)
    }
  }

  @Test("are drawn in their shares, and picking two pairs at once makes the covariance that it says")
  func picking() {
    let (a, b) = (
      SkewedPair(mean: 0, variance: 1, third: 0.5), SkewedPair(mean: 0, variance: 1, third: -0.1)
    )
    let count = 30_000
    let product = (0..<count).reduce(0.0) {
      let uniform = (Double($1) + 0.5) / Double(count)
      return $0 + a.mean(picking: uniform) * b.mean(picking: uniform)
    }
    #expect(isClose(product / Double(count), a.pickCovariance(b), 1e-12))
    #expect(a.mean(picking: 0.33) == a.first && a.mean(picking: 0.34) == a.second)
    // ½·b·b′ with b from the mean to the first.
    #expect(isClose(a.pickCovariance(b), 0.5 * a.first * b.first, 1e-15))
  }
}

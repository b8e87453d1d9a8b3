import PointClouds
import TestSupport
import Testing

@testable import Evaluation

@Suite("Distances between clouds", .fixtures)
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
      func agrees(_ value: Double, _ reference: Fixture) {
        #expect(isClose(value, reference.double, fixture.tolerance), "\(reference.path)")
      }
      var total = 0.0
      for (direction, expected) in zip(pair.directions.points, pair.sliced_w2_squared_per_direction.list) {
        let square = squaredWasserstein(x, y, along: direction)
        agrees(square, expected)
        total += square
      }
      agrees((total / Double(pair.directions.list.count)).squareRoot(), pair.sliced_w2)
      // The midpoint grid of the half circle.
      let grid = (0..<8).map { PortableMath.sineCosine(turns: (Double($0) + 0.5) / 16) }
      let mean = grid.reduce(0) { $0 + squaredWasserstein(x, y, along: SIMD2($1.cosine, $1.sine)) } / 8
      #expect(isClose(slicedWasserstein(x, y, directions: 8), mean.squareRoot(), 1e-14))
      agrees(wasserstein(x, y), pair.w2)
      agrees(wasserstein(x, y, order: 1), pair.w1)
      agrees(energyDistance(x, y), pair.energy_distance_squared_v_statistic)
      agrees(energyDistance(x, y, unbiased: true), pair.energy_distance_squared_u_statistic)
      let median = medianDistance(of: PointCloud(x.points + y.points))
      agrees(median, pair.median_heuristic_bandwidth)
      agrees(meanDiscrepancy(x, y, bandwidth: median), pair.mmd_squared_biased_median)
      agrees(meanDiscrepancy(x, y, bandwidth: median, unbiased: true), pair.mmd_squared_unbiased_median)
      for (unbiased, prefix) in [
        (false, "mmd_squared_biased_bandwidth_"), (true, "mmd_squared_unbiased_bandwidth_"),
      ] {
        let values = pair.members.filter { $0.key.hasPrefix(prefix) }
        #expect(!values.isEmpty)
        for (name, expected) in values {
          // 0p5 is 0.5.
          let digits = String(name.dropFirst(prefix.count).map { $0 == "p" ? "." : $0 })
          let bandwidth = try #require(Double(digits), "\(expected.path)")
          agrees(meanDiscrepancy(x, y, bandwidth: bandwidth, unbiased: unbiased), expected)
        }
      }
    }
  }

  @Test("Sliced W2 of large Gaussian clouds tends to that of the Gaussians")
  func gaussians() throws {
    let fixture = try Fixture.load("metrics")
    for (i, entry) in fixture.gaussians.list.enumerated() {
      func cloud(_ mean: Fixture, _ covariance: Fixture, seed: Int) -> PointCloud {
        GaussianMixture.gaussian(mean: mean.point, covariance: SymmetricMatrix(covariance))
          .sample(count: 20_000, noise: NoiseSource(seed: UInt64(seed), purpose: .data))
      }
      let distance = slicedWasserstein(
        cloud(entry.mean1, entry.cov1, seed: 2 * i), cloud(entry.mean2, entry.cov2, seed: 2 * i + 1))
      // Both means scatter, and so does their distance: by 0.009 and 0.005 in the project's own file.
      let trace = [entry.cov1, entry.cov2].reduce(0) { $0 + $1[0][0].double + $1[1][1].double }
      let scatter = (trace / 2 / 20_000).squareRoot()
      #expect(abs(distance - entry.sliced_w2_all_directions.double) < 3.5 * scatter, "\(entry.path)")
    }
  }

  @Test("Many clouds with many are the distances of each pair, with any number of threads")
  func many() {
    func cloud(_ seed: UInt64, _ count: Int) -> PointCloud {
      NoiseSource(seed: seed, purpose: .data).normalCloud(count: count)
    }
    let (xs, ys) = ([cloud(1, 300), cloud(2, 40)], [cloud(3, 300), cloud(4, 7), cloud(5, 1)])
    let all = slicedWasserstein(xs, ys, threads: 2)
    #expect(all == slicedWasserstein(xs, ys, threads: 1))
    for (i, x) in xs.enumerated() {
      for (j, y) in ys.enumerated() { #expect(all[i][j] == slicedWasserstein(x, y)) }
    }
    #expect(slicedWasserstein(cloud(1, 9), PointCloud([SIMD2(.nan, 0), SIMD2(1, 1)])) == .infinity)
  }

  @Test("Exact W2 of a shift is its length, and sliced W2 is never above W2 / √2")
  func exact() {
    let x = NoiseSource(seed: 3, purpose: .data).normalCloud(count: 100)
    let y = NoiseSource(seed: 4, purpose: .data).normalCloud(count: 100)
    let shifted = x.map { $0 + SIMD2(0.3, -0.4) }
    // A sum of a hundred squares.
    #expect(abs(wasserstein(x, PointCloud(shifted.points.reversed())) - 0.5) < 1e-14)
    #expect(abs(wasserstein(x, shifted, order: 1) - 0.5) < 1e-14)
    #expect(slicedWasserstein(x, y) <= wasserstein(x, y) / 2.0.squareRoot())
    #expect(wasserstein(x, y, order: 1) <= wasserstein(x, y))
    // Repeating every point changes nothing.
    #expect(abs(wasserstein(PointCloud(x.points + x.points), y) - wasserstein(x, y)) < 1e-12)
  }

  @Test("Biased and unbiased differ by the pairs of a point and itself")
  func diagonal() {
    let n = 30.0
    let m = 20.0
    let x = NoiseSource(seed: 5, purpose: .data).normalCloud(count: Int(n))
    let y = NoiseSource(seed: 6, purpose: .data).normalCloud(count: Int(m))
    func mean(_ a: PointCloud, _ b: PointCloud, _ f: (Double) -> Double) -> Double {
      let all = a.points.flatMap { p in b.points.map { f(((p - $0) * (p - $0)).sum()) } }
      return all.reduce(0, +) / Double(all.count)
    }
    for (biased, unbiased, sign, atZero, f) in [
      (
        energyDistance(x, y), energyDistance(x, y, unbiased: true), 1.0, 0.0,
        { ($0 as Double).squareRoot() }
      ),
      (
        meanDiscrepancy(x, y, bandwidth: 0.7), meanDiscrepancy(x, y, bandwidth: 0.7, unbiased: true), -1.0,
        1.0, { PortableMath.exp(-$0 / 0.98) }
      ),
    ] as [(Double, Double, Double, Double, (Double) -> Double)] {
      let (xx, yy, xy) = (mean(x, x, f), mean(y, y, f), mean(x, y, f))
      // Sums of a thousand terms in another order.
      #expect(abs(biased - sign * (2 * xy - xx - yy)) < 1e-13)
      let own = (xx * n - atZero) / (n - 1) + (yy * m - atZero) / (m - 1)
      #expect(abs(unbiased - sign * (2 * xy - own)) < 1e-13)
    }
  }

  @Test("Equal clouds are at MMD 0, distant ones at 2 less the means within")
  func discrepancy() {
    let x = NoiseSource(seed: 7, purpose: .data).normalCloud(count: 101)
    #expect(abs(meanDiscrepancy(x, PointCloud(x.points.reversed()), bandwidth: 1)) < 1e-13)
    // Kernels of distances of a thousand bandwidths are 0; of equal points 1.
    let a = PointCloud([SIMD2(0, 0), SIMD2(0, 0)])
    let b = PointCloud([SIMD2(1000, 0), SIMD2(0, 1000)])
    #expect(abs(meanDiscrepancy(a, b, bandwidth: 1) - 1.5) < 1e-15)
    #expect(medianDistance(of: PointCloud([SIMD2(0, 0), SIMD2(3, 0), SIMD2(0, 4)])) == 4)
  }

  @Test("The exponential of four lanes agrees with the scalar one, down to where it vanishes")
  func exponentials() {
    for i in 0..<2000 {
      let v = -Double(i) * 0.31
      let four = exponential(SIMD4(v, v - 0.01, v / 100, -v * v))
      for (lane, exponent) in [v, v - 0.01, v / 100].enumerated() {
        // A relative error of 2⁻⁵³ for each unit of the exponent, and some for the series.
        let expected = PortableMath.exp(exponent)
        #expect(abs(four[lane] - expected) <= expected * (1e-14 + 2.3e-16 * exponent.magnitude))
      }
      #expect(four[3] >= 0 && four[3] <= 1)
    }
  }

  @Test("Sorting by digits is sorting, also of equal numbers and of lonely ones")
  func sorting() {
    let noise = NoiseSource(seed: 8, purpose: .data)
    let normals = (0..<5000).map { noise.normal(particle: $0).x }
    for values in [
      normals, normals.map { $0.rounded() }, normals.map { $0 * 1e-12 + 1 }, normals + [1e200, -1e300],
      [Double](repeating: 3, count: 1000), [], [1], normals.map { $0 * 1e308 / 10 },
    ] {
      var sorted = values
      sortByDigits(&sorted)
      #expect(sorted == values.sorted())
    }
  }
}

import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@Suite("Exact laws between walls", .fixtures)
struct ReflectedOracleTests {
  @Test("of a point set are the reference's, density and score")
  func reference() throws {
    let fixture = try Fixture.load("reflected")
    let oracle = ReflectedPointSet(PointCloud(fixture.data_points_unit_square.points))
    for entry in fixture.oracle_2d.list {
      let sigma = entry.sigma.double
      let x = PointCloud(entry.x.points)
      let scores = oracle.score(x, sigma: sigma)
      for i in 0..<x.count {
        let density = exponential(oracle.logDensity(x[i], sigma: sigma))
        #expect(isClose(density, entry.density[i].double, fixture.tolerance), "\(entry.path) \(i)")
        #expect(isClose(scores[i], entry.score[i].point, fixture.tolerance), "\(entry.path) \(i)")
        let lattice = oracle.density(columns: x.points.map(\.x), rows: x.points.map(\.y), sigma: sigma)
        #expect(isClose(lattice[i * x.count + i], entry.density[i].double, fixture.tolerance))
      }
    }
  }

  /// Two Gaussians in [−1, 3] × [0, 2], one of them centred behind a wall.
  private static let box = DataBox(lower: SIMD2(-1, 0), upper: SIMD2(3, 2))
  private static let mixture = GaussianMixture([
    .init(weight: 0.3, mean: SIMD2(-0.8, 1), covariance: SymmetricMatrix(xx: 0.4, xy: 0, yy: 0.1)),
    .init(weight: 0.7, mean: SIMD2(2, 2.3), covariance: SymmetricMatrix(xx: 0.2, xy: 0, yy: 1.2)),
  ])

  @Test("of a folded mixture are the sum over mirror images of the plain one, at noise and without")
  func images() throws {
    let oracle = try #require(FoldedMixture(Self.mixture, into: Self.box))
    let extent = Self.box.extent
    for sigma in [0, 0.05, 0.4] {
      // Noise of the box's own units, different along the two sides.
      let noisy = GaussianMixture(
        Self.mixture.components.map {
          let c = $0.covariance
          let added = sigma * sigma * extent * extent
          return .init(
            weight: $0.weight, mean: $0.mean,
            covariance: SymmetricMatrix(xx: c.xx + added.x, xy: 0, yy: c.yy + added.y))
        })
      for unit in [SIMD2(0.1, 0.9), SIMD2(0.5, 0.5), SIMD2(0, 1), SIMD2(0.93, 0.2)] {
        var density = 0.0
        for (i, j) in (-6...6).flatMap({ i in (-6...6).map { (i, $0) } }) {
          for (s, t) in [(1.0, 1.0), (1, -1), (-1, 1), (-1, -1)] {
            let image = SIMD2(s, t) * unit + 2 * SIMD2(Double(i), Double(j))
            density += exponential(noisy.logDensity(Self.box.lower + extent * image))
          }
        }
        density *= extent.x * extent.y  // per area of the unit box
        #expect(
          isClose(oracle.logDensity(unit, sigma: sigma), PortableMath.log(density), 1e-12), "\(sigma) \(unit)"
        )
      }
    }
  }

  @Test("have scores that are the slopes of their log densities")
  func score() throws {
    let oracle = try #require(FoldedMixture(Self.mixture, into: Self.box))
    let x = SIMD2(0.12, 0.83)
    let h = 1e-5
    for sigma in [0.01, 0.3, 1] {
      func slope(_ d: SIMD2<Double>) -> Double {
        (oracle.logDensity(x + h * d, sigma: sigma) - oracle.logDensity(x - h * d, sigma: sigma)) / (2 * h)
      }
      // h² times third derivatives of up to 1/0.1³, and rounding of 1e-16 / h.
      #expect(
        isClose(
          oracle.score(PointCloud([x]), sigma: sigma)[0], SIMD2(slope(SIMD2(1, 0)), slope(SIMD2(0, 1))), 1e-6)
      )
    }
  }

  @Test("of the set box are its lattice's window: cutting off and folding are the same")
  func window() throws {
    let toy = Box()
    let (box, folded) = (try #require(toy.box), try #require(toy.foldedMixture))
    let oracle = try #require(FoldedMixture(folded, into: box))
    // An endless lattice of Gaussians of deviation 0.1 and spacing ½, four to a box, in units of the box.
    for x in [SIMD2(0.0, 0.0), SIMD2(0.5, 0.5), SIMD2(0.1, 0.3), SIMD2(1, 0.45)] {
      var lattice = 0.0
      for (i, j) in (-4...6).flatMap({ i in (-4...6).map { (i, $0) } }) {
        let d = (x - 0.5 * SIMD2(Double(i), Double(j))) / 0.1
        lattice += exponential(-0.5 * (d * d).sum()) / (2 * .pi * 0.01) / 4
      }
      #expect(isClose(oracle.logDensity(x), PortableMath.log(lattice), 1e-12))
    }
  }

  @Test("are not known for correlated coordinates")
  func correlated() {
    let slanted = GaussianMixture.gaussian(
      mean: .zero, covariance: SymmetricMatrix(xx: 1, xy: 0.1, yy: 1))
    #expect(FoldedMixture(slanted, into: .unit) == nil)
  }
}

/// e to the power `x`; 0 where that is no normal number.
private func exponential(_ x: Double) -> Double { x < -700 ? 0 : PortableMath.exp(x) }

import PointClouds
import TestSupport
import Testing

@testable import Evaluation

@Suite("Nearest neighbours", .fixtures)
struct NeighbourScoresTests {
  static func cloud(_ count: Int, seed: UInt64) -> PointCloud {
    NoiseSource(seed: seed, purpose: .data).normalCloud(count: count)
  }

  /// Clouds that trees could stumble on: rounded coordinates, equal points, a line, an outlier.
  static let awkward: [PointCloud] = [
    cloud(1000, seed: 1), cloud(500, seed: 2).map { ($0 * 2).rounded(.toNearestOrEven) },
    PointCloud([SIMD2<Double>](repeating: SIMD2(1, 1), count: 100)),
    cloud(300, seed: 3).map { SIMD2($0.x, 0) },
    PointCloud(cloud(200, seed: 4).points + [SIMD2(1e6, -1e6)]), cloud(3, seed: 5),
  ]

  @Test("The tree finds the neighbours that a search through all points finds", arguments: 0..<6)
  func nearest(which: Int) {
    let cloud = Self.awkward[which]
    let tree = NeighbourTree(cloud)
    for (i, place) in (Self.cloud(50, seed: 9).points + cloud.points.prefix(50)).enumerated() {
      func square(_ p: SIMD2<Double>) -> Double { ((p - place) * (p - place)).sum() }
      let all = cloud.points.map(square).sorted()
      #expect(tree.nearest(3, to: place) == Array(all.prefix(3)))
      if i >= 50 {
        let others = cloud.points.enumerated().filter { $0.offset != i - 50 }.map { square($0.element) }
        #expect(tree.nearest(2, to: place, excluding: i - 50) == Array(others.sorted().prefix(2)))
      }
      let radius = all[all.count / 3]
      var inside: [Int] = []
      tree.forEach(within: radius, of: place) { inside.append($0) }
      #expect(inside.sorted() == cloud.points.indices.filter { square(cloud[$0]) <= radius })
    }
  }

  @Test("Scores on small clouds agree with the reference")
  func reference() throws {
    let fixture = try Fixture.load("metrics")
    for pair in fixture.pairs.list {
      let orders = pair.members.filter { $0.key.hasPrefix("knn_k") }
      #expect(!orders.isEmpty)
      for (name, expected) in orders {
        let k = try #require(Int(name.dropFirst("knn_k".count)), "\(expected.path)")
        let scores = NeighbourScores(
          of: PointCloud(pair.Y.points), truth: PointCloud(pair.X.points), neighbours: k)
        #expect(isClose(scores.precision, expected.precision.double, fixture.tolerance), "\(expected.path)")
        #expect(isClose(scores.recall, expected.recall.double, fixture.tolerance), "\(expected.path)")
        #expect(isClose(scores.density, expected.density.double, fixture.tolerance), "\(expected.path)")
        #expect(isClose(scores.coverage, expected.coverage.double, fixture.tolerance), "\(expected.path)")
      }
    }
  }

  @Test("Equal clouds score 1; distant ones 0; samples in one place have no recall")
  func extremes() {
    let cloud = Self.cloud(400, seed: 6)
    let same = NeighbourScores(of: cloud, truth: cloud)
    #expect(same.precision == 1 && same.recall == 1 && same.coverage == 1)
    // Every point is in its own ball and, on average, in those of three others.
    #expect(abs(same.density - 4.0 / 3) < 1e-12)
    let far = NeighbourScores(of: cloud.map { $0 + 100 }, truth: cloud)
    #expect(far == NeighbourScores(of: cloud, truth: cloud.map { $0 - 100 }))
    #expect(far.precision == 0 && far.recall == 0 && far.density == 0 && far.coverage == 0)
    let collapsed = NeighbourScores(of: cloud.map { 1e-6 * $0 }, truth: cloud)
    #expect(collapsed.precision == 1 && collapsed.recall < 0.01 && collapsed.coverage < 0.05)
  }

  @Test("Chamfer sums the squared distances of both ways")
  func chamfer() {
    let a = PointCloud([SIMD2(0, 0), SIMD2(10, 0)])
    let b = PointCloud([SIMD2(0, 1), SIMD2(0, 2), SIMD2(13, 4)])
    // From a: 1 and 25; from b: 1, 4 and 25.
    #expect(chamferDistance(a, b) == 56)
    #expect(chamferDistance(b, a) == 56)
    let cloud = Self.cloud(300, seed: 7)
    #expect(chamferDistance(cloud, PointCloud(cloud.points.reversed())) == 0)
  }
}

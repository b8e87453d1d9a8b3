import PointClouds
import TestSupport
import Testing

@Suite("Toy distributions", .fixtures)
struct ToysTests {
  private let noise = NoiseSource(seed: 5, purpose: .data)

  @Test("each set is found by its name")
  func registry() {
    for toy in Toys.all { #expect(Toys.all.named(toy.name)?.summary == toy.summary) }
    #expect(Toys.all.named("no such set") == nil)
  }

  @Test("the first 100 of 2,000 points are the 100 points", arguments: Toys.all)
  func prefix(toy: any ToyDistribution) {
    let long = toy.sample(count: 2_000, noise: noise)
    #expect(long.prefix(100) == toy.sample(count: 100, noise: noise))
    #expect(Set(long.points).count == 2_000)
    #expect(toy.sample(count: 0, noise: noise).count == 0)
  }

  @Test("another seed gives other points", arguments: Toys.all)
  func seeds(toy: any ToyDistribution) {
    let other = NoiseSource(seed: 6, purpose: .data)
    #expect(toy.sample(count: 10, noise: noise).points != toy.sample(count: 10, noise: other).points)
  }

  @Test("labels name every part, and only sets with parts have them", arguments: Toys.all)
  func labels(toy: any ToyDistribution) {
    let labels = toy.sample(count: 2_000, noise: noise).labels
    if toy.parts == 1 {
      #expect(labels == nil)
    } else {
      #expect(Set(labels ?? []) == Set(0..<toy.parts))
    }
  }

  @Test("the parameters are what the generators hold")
  func parameters() {
    #expect(SwissRoll(std: 0.5).parameters.contains(ToyParameter("std", 0.5)))
    #expect(Ring(components: 5).parameters.first == ToyParameter("components", 5))
    #expect(Ring(components: 5).name == "ring5")
    for toy in Toys.all { #expect(!toy.parameters.isEmpty && !toy.summary.isEmpty) }
  }

  @Test(
    "ring8 and aniso3 are the reference mixtures",
    .enabled(if: Fixture.isOwnFolder, "other fixtures may have other mixtures under these names"),
    arguments: ["ring8", "aniso3"])
  func referenceMixtures(name: String) throws {
    let fixture = try Fixture.load("gmm_oracle").gmms[name]
    let mixture = try #require(Toys.all.named(name)?.mixture)
    let means = fixture.means.points
    #expect(mixture.components.count == means.count)
    for (k, component) in mixture.components.enumerated() {
      // The reference rounds 2·cos(2πk/8) otherwise in the last place.
      #expect(isClose(component.weight, fixture.weights[k].double, 1e-15))
      #expect(isClose(component.mean, means[k], 1e-15))
      let rows = fixture.covariances[k].points
      #expect(isClose(SIMD2(component.covariance.xx, component.covariance.xy), rows[0], 1e-15))
      #expect(isClose(SIMD2(component.covariance.xy, component.covariance.yy), rows[1], 1e-15))
    }
  }

  @Test("grid25 runs row by row from the lower left")
  func grid() throws {
    let means = try #require(Grid().mixture).components.map(\.mean)
    #expect(means.first == SIMD2(-4, -4) && means[1] == SIMD2(-2, -4) && means.last == SIMD2(4, 4))
  }

  @Test("without spread, points lie on their curves")
  func curves() {
    for point in Circles(std: 0).sample(count: 200, noise: noise).points {
      let radius = (point * point).sum().squareRoot()
      #expect(abs(radius - 1) < 1e-14 || abs(radius - 0.5) < 1e-14)
    }
    let moons = Moons(std: 0).sample(count: 200, noise: noise)
    for (i, label) in (moons.labels ?? []).enumerated() {
      let upper = label == 0 ? moons[i] : SIMD2(1, 0.5) - moons[i]
      #expect(abs((upper * upper).sum() - 1) < 1e-14 && upper.y >= 0)
    }
    let curve = SCurve(std: 0).sample(count: 200, noise: noise).points
    for point in curve {
      // Two circles of radius 1 around (0, 1) and (0, −1).
      let centred = point - SIMD2(0, point.y > 0 ? 1 : -1)
      #expect(abs((centred * centred).sum() - 1) < 1e-14)
    }
    #expect(curve.contains { $0.y > 1.5 } && curve.contains { $0.y < -1.5 })
    for point in SwissRoll(std: 0).sample(count: 200, noise: noise).points {
      let radius = (point * point).sum().squareRoot()
      #expect(radius >= 1 - 1e-14 && radius <= 3 + 1e-14)
    }
    let links = Links(std: 0).sample(count: 200, noise: noise)
    for (i, label) in (links.labels ?? []).enumerated() {
      let centred = links[i] - Links().center(of: label)
      #expect(abs((centred * centred).sum() - 1) < 1e-14)
    }
    // Neighbours cross, others do not touch.
    for part in 1..<5 {
      func distance(_ other: Int) -> Double {
        let between = Links().center(of: part) - Links().center(of: other)
        return (between * between).sum().squareRoot()
      }
      #expect(distance(part - 1) < 2 && (0..<part - 1).allSatisfy { distance($0) > 2 })
    }
    let spirals = Spirals(std: 0).sample(count: 2_000, noise: noise)
    #expect(spirals.points.allSatisfy { ($0 * $0).sum() <= 9.0001 })
    // √u makes the mean radius ⅔ of the largest; five standard errors of 3·√(1/18) / √2,000.
    let radius = spirals.points.reduce(0) { $0 + ($1 * $1).sum().squareRoot() } / 2_000
    #expect(abs(radius - 2) < 0.08)
  }

  @Test("the checkerboard fills its dark squares evenly and no others")
  func checkerboard() {
    var counts: [SIMD2<Int>: Int] = [:]
    for point in Checkerboard().sample(count: 8_000, noise: noise).points {
      counts[SIMD2(Int((point.x + 2).rounded(.down)), Int((point.y + 2).rounded(.down))), default: 0] += 1
    }
    #expect(counts.count == 8)
    // Five standard deviations: 5·√(8,000·(1/8)·(7/8)) = 148.
    for (square, count) in counts {
      #expect((square.x + square.y) % 2 == 0 && (0..<4).contains(square.x) && (0..<4).contains(square.y))
      #expect(abs(count - 1_000) < 148)
    }
  }

  @Test(
    "the box is a window on a lattice: no point outside, as dense at a wall and in a corner as in the middle")
  func box() throws {
    let box = Box()
    let walls = try #require(box.box)
    let cloud = box.sample(count: 40_000, noise: noise)
    #expect(walls.shareOutside(cloud) == 0)
    #expect(DataSource(box).box == walls && DataSource(box).foldedMixture?.components.count == 9)
    // Squares of side 0.1: two beside the middle of a blob, one in its quarter of a corner, one at a wall. Each
    // holds some 160 points; five standard deviations of a count.
    func count(_ corner: SIMD2<Double>) -> Double {
      Double(cloud.points.count { all($0 .>= corner) && all($0 .< corner + 0.1) })
    }
    let expected = count(SIMD2(0, 0))
    #expect(expected > 100)
    for corner in [SIMD2(-0.1, -0.1), SIMD2(-1, -1), SIMD2(0.9, 0.9), SIMD2(-1, 0), SIMD2(0, 0.9)] {
      #expect(abs(count(corner) - expected) < 5 * (2 * expected).squareRoot())
    }
    // Labels: the middle holds four of sixteen parts, a corner one.
    let labels = cloud.labels ?? []
    #expect(abs(Double(labels.count { $0 == 4 }) - 10_000) < 5 * 87)
    #expect(abs(Double(labels.count { $0 == 0 }) - 2_500) < 5 * 49)
  }

  @Test("the pinwheel's arms are turns of one another")
  func pinwheel() {
    // Without bend and spread all points are (scale, 0) turned by fifths.
    let cloud = Pinwheel(radialStd: 0, tangentialStd: 0, rate: 0).sample(count: 200, noise: noise)
    for (i, label) in (cloud.labels ?? []).enumerated() {
      let (sine, cosine) = PortableMath.sineCosine(turns: Double(label) / 5)
      #expect(isClose(cloud[i], 2 * SIMD2(cosine, sine), 1e-15))
    }
  }
}

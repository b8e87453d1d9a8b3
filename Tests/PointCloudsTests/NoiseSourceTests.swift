import Testing

@testable import PointClouds

@Suite("Counter-based noise")
struct NoiseSourceTests {
  private let noise = NoiseSource(seed: 3, purpose: .data)

  @Test("asking twice gives the same number, and every key and counter another")
  func pure() {
    let other = NoiseSource.Purpose("another")
    let draws = [
      noise.normal(particle: 0), noise.normal(particle: 1), noise.normal(particle: 0, lane: 1),
      noise.at(step: 1).normal(particle: 0), NoiseSource(seed: 4, purpose: .data).normal(particle: 0),
      NoiseSource(seed: 3 | 1 << 32, purpose: .data).normal(particle: 0),
      NoiseSource(seed: 3, purpose: other).normal(particle: 0),
    ]
    #expect(noise.normal(particle: 0) == draws[0])
    #expect(Set(draws).count == draws.count)
  }

  @Test("the named purposes have different counters")
  func purposes() {
    let all: [NoiseSource.Purpose] = [
      .data, .truth, .heldOut, .forward, .start, .sampling, .weights, .training,
    ]
    #expect(Set(all.map(\.number)).count == all.count)
  }

  @Test("normals have mean 0, variance 1, no correlation and kurtosis 3")
  func moments() {
    let count = 100_000
    let cloud = noise.normalCloud(count: count)
    let n = Double(count)
    let mean = cloud.points.reduce(.zero, +) / n
    let square = cloud.points.reduce(.zero) { $0 + $1 * $1 } / n
    let fourth = cloud.points.reduce(.zero) { $0 + $1 * $1 * $1 * $1 } / n
    let product = cloud.points.reduce(0) { $0 + $1.x * $1.y } / n
    // Five standard errors: 1, √2, √96 and 1 over √100,000.
    #expect(isBelow(mean, 0.016) && abs(product) < 0.016)
    #expect(isBelow(square - 1, 0.0224))
    #expect(isBelow(fourth - 3, 0.155))
  }

  @Test("the noise of a cloud is that of its particles, bit for bit", arguments: [0, 1, 7, 8, 9, 20_000])
  func clouds(count: Int) {
    let noise = NoiseSource(seed: 0xFEDC_BA98_7654_3210, purpose: .sampling).at(step: 999)
    for lane in 0..<2 {
      let cloud = noise.normalCloud(count: count, lane: lane)
      let different = (0..<count).first { cloud[$0] != noise.normal(particle: $0, lane: lane) }
      #expect(cloud.count == count && different == nil)
    }
  }

  @Test("noise is added to every point of a cloud, times its deviation")
  func addition() {
    let start = noise.normalCloud(count: 13, lane: 1)
    var cloud = start
    cloud.add(noise, standardDeviation: 0)
    #expect(cloud == start)
    cloud.add(noise, standardDeviation: 0.3)
    for i in 0..<13 { #expect(cloud[i] == start[i] + 0.3 * noise.normal(particle: i)) }
    var two = PointCloud(zeros: 2)
    two.add(NoiseSource(recorded: [[SIMD2(1, 2), SIMD2(3, 4)]]), standardDeviation: 2)
    #expect(two.points == [SIMD2(2, 4), SIMD2(6, 8)])
  }

  @Test("uniform numbers lie inside (0, 1) and fill it evenly")
  func uniforms() {
    var bins = [Int](repeating: 0, count: 10)
    for i in 0..<20_000 {
      let u = noise.uniform(particle: i)
      #expect(u.x > 0 && u.x < 1 && u.y > 0 && u.y < 1)
      bins[Int(u.x * 10)] += 1
    }
    // Five standard deviations of a bin of 2,000: 5·√(20,000·0.1·0.9) = 212.
    #expect(bins.allSatisfy { abs($0 - 2_000) < 212 })
  }

  @Test("indices cover their range evenly")
  func indices() {
    var counts = [Int](repeating: 0, count: 7)
    for i in 0..<14_000 { counts[noise.index(below: 7, particle: i)] += 1 }
    // Five standard deviations: 5·√(14,000·(1/7)·(6/7)) = 207.
    #expect(counts.allSatisfy { abs($0 - 2_000) < 207 })
  }

  @Test("recorded noise comes back as it was recorded")
  func recorded() {
    let table = [[SIMD2(1.0, 2.0)], [SIMD2(3.0, 4.0)]]
    #expect(NoiseSource(recorded: table).normal(particle: 0) == SIMD2(1, 2))
    #expect(NoiseSource(recorded: table).at(step: 1).normal(particle: 0) == SIMD2(3, 4))
  }

  private func isBelow(_ value: SIMD2<Double>, _ bound: Double) -> Bool {
    abs(value.x) < bound && abs(value.y) < bound
  }
}

import Testing

@testable import PointClouds

@Suite("True points to compare with")
struct TrueDrawsTests {
  private func source(_ count: Int) -> DataSource {
    DataSource(PointCloud((0..<count).map { SIMD2(Double($0), 0) }, labels: Array(0..<count)), name: "line")
  }

  @Test("of a distribution are fresh draws, as many as are asked for")
  func distribution() throws {
    let source = DataSource(Moons())
    let draws = try TrueDraws(of: source, count: 70, seed: 5, from: .heldOut)
    #expect(draws.count == 70 && draws.overlap == 0 && draws.remark == nil)
    let first = try draws.reference("truth 0", pair: 0)
    #expect(try first == source.sample(count: 70, seed: 5, purpose: NoiseSource.Purpose("truth 0")))
    #expect(try first != draws.standIn("truth 1", pair: 0))
  }

  @Test(
    "of a file are disjoint clouds of half its rows at most, in pairs chosen anew",
    arguments: [2, 3, 40, 500])
  func pairs(rows: Int) throws {
    for wanted in [1, rows / 2, rows, 10 * rows] {
      let draws = try TrueDraws(of: source(rows), count: wanted, seed: 1, from: .anyRow)
      #expect(draws.count == min(wanted, rows / 2) && draws.remark?.contains("\(rows) rows") == true)
      for pair in 0..<5 {
        let reference = try draws.reference("a", pair: pair).labels ?? []
        let standIn = try draws.standIn("b", pair: pair).labels ?? []
        #expect(reference.count == draws.count && standIn.count == draws.count)
        #expect(Set(reference + standIn).count == 2 * draws.count, "no row is on both sides, none twice")
      }
    }
  }

  @Test("of a file differ from pair to pair where there is a choice", arguments: [40, 500])
  func choice(rows: Int) throws {
    let draws = try TrueDraws(of: source(rows), count: rows, seed: 1, from: .anyRow)
    #expect(try Set(draws.reference("a", pair: 0).points) != Set(draws.reference("a", pair: 1).points))
    #expect(draws.overlap == 0.5)
  }

  @Test("of a model's file are held-out rows, and rows that it was trained on in the samples' place")
  func heldOut() throws {
    let source = source(300)
    let held = Set(try source.sample(count: 300, seed: 0, purpose: .heldOut).points)
    let draws = try TrueDraws(of: source, count: 5000, seed: 1, from: .heldOut)
    #expect(draws.count == 15 && draws.overlap == 0.5)
    for r in 0..<5 {
      #expect(try held.isSuperset(of: draws.reference("truth \(r)", pair: r).points))
      #expect(try held.isDisjoint(with: draws.standIn("floor \(r)", pair: r).points))
    }
    #expect(draws.matching(PointCloud(zeros: 900)).count == 15)
    #expect(draws.matching(PointCloud(zeros: 9)).count == 9)
  }

  @Test("of a file without held-out rows are disjoint halves, and the remark says so", arguments: [2, 5, 9])
  func tiny(rows: Int) throws {
    let draws = try TrueDraws(of: source(rows), count: 100, seed: 1, from: .heldOut)
    #expect(draws.count >= 1 && draws.remark?.contains("too few") == true)
    for r in 0..<4 {
      let reference = Set(try draws.reference("truth \(r)", pair: r).points)
      for other in 0..<4 {
        #expect(try reference.isDisjoint(with: draws.standIn("floor \(other)", pair: other).points))
      }
    }
  }
}

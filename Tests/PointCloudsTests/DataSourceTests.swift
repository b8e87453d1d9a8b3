import TestSupport
import Testing

@testable import PointClouds

@Suite("Data sources")
struct DataSourceTests {
  private let nowhere = Catalogue(folder: "/no/such/folder")

  private func source(_ count: Int) -> DataSource {
    DataSource(
      PointCloud((0..<count).map { SIMD2(Double($0), 0) }, labels: Array(0..<count)), name: "line")
  }

  @Test("every name of the catalogue is a source that draws as its toy does", arguments: Toys.all)
  func toys(toy: any ToyDistribution) throws {
    let source = try DataSource.load(toy.name, catalogue: nowhere)
    #expect(source.name == toy.name && source.path == nil && source.available == nil)
    #expect(source.mixture == toy.mixture)
    #expect(
      try source.sample(count: 20, seed: 4)
        == toy.sample(count: 20, noise: NoiseSource(seed: 4, purpose: .data)))
    #expect(try source.sample(count: 20, seed: 4, purpose: .truth) != source.sample(count: 20, seed: 4))
  }

  @Test("CSV, NPY and mixture files work wherever a name works, whatever their ending")
  func files() throws {
    try withTemporaryFolder { folder in
      let cloud = Moons().sample(count: 30, noise: NoiseSource(seed: 1, purpose: .data))
      let mixture = #"{"weights":[1],"means":[[5,5]],"covariances":[[[1,0],[0,1]]]}"#
      for ending in ["csv", "txt"] {
        try AtomicFile.write(CSVFile.text(of: cloud), to: "\(folder)/c.\(ending)")
      }
      for ending in ["npy", "array"] { try NPYFile.write(cloud, to: "\(folder)/n.\(ending)") }
      for ending in ["json", "mixture"] { try AtomicFile.write(mixture, to: "\(folder)/m.\(ending)") }
      #expect(try DataSource.load(folder + "/n.npy").sample(count: 30, seed: 9) == cloud)
      #expect(try DataSource.load(folder + "/n.array").sample(count: 30, seed: 9) == cloud)
      for path in ["/c.csv", "/c.txt"] {
        let source = try DataSource.load(folder + path)
        #expect(source.name == "c" && source.path == folder + path && source.available == 30)
        #expect(source.mixture == nil)
      }
      for path in ["/m.json", "/m.mixture"] {
        let source = try DataSource.load(folder + path)
        #expect(source.mixture == MixtureSpecification(means: [SIMD2(5, 5)], std: 1))
        #expect(try source.sample(count: 500, seed: 1).labels == nil)
      }
    }
  }

  @Test("a file's points are given as they are, fewer without and more with repetition")
  func counts() throws {
    let source = source(50)
    let all = try source.sample(count: 50, seed: 1)
    #expect(all.labels == Array(0..<50))
    let fewer = try source.sample(count: 20, seed: 1)
    #expect(Set(fewer.points).count == 20)
    #expect(fewer.points.map { Int($0.x) } == fewer.labels)
    #expect(try fewer == source.sample(count: 20, seed: 1))
    #expect(try fewer != source.sample(count: 20, seed: 2))
    let more = try source.sample(count: 500, seed: 1)
    #expect(more.count == 500 && Set(more.points).isSubset(of: Set(all.points)))
    // 500 draws miss a given one of 50 with probability e^−10; 45 different ones are certain.
    #expect(Set(more.points).count > 45)
  }

  @Test("a file's held-out points are every tenth, and training never sees them", arguments: [2, 9, 50])
  func heldOut(count: Int) throws {
    let source = source(count)
    let held = try Set(source.sample(count: 400, seed: 1, purpose: .heldOut).labels ?? [])
    let seen = try Set(source.sample(count: 900, seed: 1, purpose: .training).labels ?? [])
    #expect(held == (count == 50 ? [9, 19, 29, 39, 49] : [count - 1]))
    #expect(held.isDisjoint(with: seen))
    #expect(held.union(seen) == Set(0..<count))
  }

  @Test("an unknown set is refused with the nearest name and the list")
  func unknown() throws {
    let error = try #require(throws: DataSourceError.self) {
      try DataSource.load("swisroll", catalogue: nowhere)
    }
    #expect(
      error
        == .unknown(name: "swisroll", nearest: "swissroll", known: Toys.all.map(\.name)))
    #expect(error.description.contains("Did you mean swissroll? Known are swissroll, moons"))
    let far = try #require(throws: DataSourceError.self) { try DataSource.load("q", catalogue: nowhere) }
    #expect(!far.description.contains("Did you mean"))
  }

  @Test("a missing or broken file is refused with its path")
  func broken() throws {
    for path in ["missing.csv", "/no/such.npy", "no/such/folder", "/"] {
      let error = try #require(throws: DataSourceError.self) {
        try DataSource.load(path, catalogue: nowhere)
      }
      #expect(error.description.hasPrefix("\(path): cannot be read"), "\(error)")
    }
  }

  @Test("counts of 0, negative and absurd are refused", arguments: [0, -1, .min, .max, 10_000_001])
  func absurd(count: Int) {
    for source in [source(5), DataSource(Moons())] {
      #expect(throws: DataSourceError.count(count)) { try source.sample(count: count, seed: 1) }
    }
  }
}

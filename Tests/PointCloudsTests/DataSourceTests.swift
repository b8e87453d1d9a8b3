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
    // The source divides the weights by their sum, which may change their last bit.
    #expect(source.mixture?.components.map(\.mean) == toy.mixture?.components.map(\.mean))
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
        #expect(source.mixture == GaussianMixture(means: [SIMD2(5, 5)], std: 1))
        #expect(try source.sample(count: 500, seed: 1).labels == nil)
      }
    }
  }

  @Test("a file's rows are given as they are, fewer as a random choice, and never one twice")
  func counts() throws {
    let source = source(50)
    let all = try source.sample(count: 50, seed: 1)
    #expect(all.labels == Array(0..<50))
    let fewer = try source.sample(count: 20, seed: 1)
    #expect(Set(fewer.points).count == 20)
    #expect(fewer.points.map { Int($0.x) } == fewer.labels)
    #expect(try fewer == source.sample(count: 20, seed: 1))
    #expect(try fewer != source.sample(count: 20, seed: 2))
    #expect(try source.sample(count: 500, seed: 1) == all)
    // Of 200 choices of 10 of 50, every row is in 40; a deviation is 5.7.
    var hits = [Int](repeating: 0, count: 50)
    for seed in 0..<200 {
      for label in try source.sample(count: 10, seed: UInt64(seed)).labels ?? [] { hits[label] += 1 }
    }
    #expect(hits.allSatisfy { (15...65).contains($0) })
  }

  @Test("a tenth of a file's rows is held out, one of every ten, and training sees each of the others once")
  func heldOut() throws {
    for count in [10, 19, 50, 1000] {
      let source = source(count)
      let held = try source.sample(count: count, seed: 1, purpose: .heldOut).labels ?? []
      let seen = try source.trainingPoints(seed: 1).labels ?? []
      #expect(held.count == count / 10 && source.heldOutCount == count / 10)
      #expect(held.map { $0 / 10 } == Array(0..<count / 10))
      #expect((held + seen).sorted() == Array(0..<count))
      #expect(try source.sample(count: count, seed: 2, purpose: .heldOut).labels == held)
      let fewer = try source.trainingPoints(limit: 7, seed: 1).labels ?? []
      #expect(Set(fewer).count == 7 && Set(fewer).isSubset(of: seen))
    }
    // Another seed of the split holds out other rows, and a checkpoint's record brings its own back.
    let other = DataSource(
      try source(1000).sample(count: 1000, seed: 0), name: "line", heldOut: .init(seed: 4))
    let held = try other.sample(count: 100, seed: 1, purpose: .heldOut)
    #expect(try held != source(1000).sample(count: 100, seed: 1, purpose: .heldOut))
    let restored = source(1000).split(as: other.origin)
    #expect(try restored.sample(count: 100, seed: 1, purpose: .heldOut) == held)
  }

  @Test("files of fewer than ten rows, or with one that differs, hold none out", arguments: [2, 3, 9])
  func tooFew(count: Int) throws {
    let source = source(count)
    #expect(source.heldOutCount == 0)
    #expect(try source.trainingPoints(seed: 0).labels == Array(0..<count))
    #expect(try source.sample(count: 20, seed: 0, purpose: .heldOut).labels == Array(0..<count))
    let place = HeldOutRows.standard.positions(among: 10)[0]
    let lone = PointCloud((0..<10).map { $0 == place ? SIMD2(1, 1) : .zero })
    let all = DataSource(lone, name: "lone")
    #expect(try all.heldOutCount == 0 && all.trainingPoints(seed: 0) == lone)
  }

  @Test("a distribution trains on 40,000 draws, or on as many as are asked for")
  func drawn() throws {
    let source = DataSource(Moons())
    #expect(source.heldOutCount == nil)
    #expect(try source.trainingPoints(seed: 3).count == 40_000)
    #expect(
      try source.trainingPoints(limit: 9, seed: 3) == source.sample(count: 9, seed: 3, purpose: .training))
  }

  @Test("data are known again by content, not by name or place")
  func origins() throws {
    let cloud = try source(30).sample(count: 30, seed: 0)
    let here = DataSource(cloud, name: "ring8", path: "a/ring8.csv")
    let there = DataSource(cloud, name: "other", path: "b/other.csv", heldOut: .init(seed: 3))
    #expect(here.origin.isSameData(as: there.origin))
    #expect(!here.origin.isSameData(as: source(31).origin))
    #expect(!here.origin.isSameData(as: DataSource(Ring()).origin))
    #expect(!DataSource(Ring()).origin.isSameData(as: DataSource(Ring(radius: 3)).origin))
    #expect(Toys.toy(of: DataSource(Ring()).origin)?.name == "ring8")
    #expect(Toys.toy(of: DataSource(Ring(radius: 3)).origin) == nil && Toys.toy(of: nil) == nil)
    #expect(Toys.toy(of: here.origin) == nil, "a file of a toy's name is not the toy")
    let mixture = GaussianMixture(means: [SIMD2(0, 0), SIMD2(1, 2)], std: 1)
    let moved = GaussianMixture(means: [SIMD2(0, 0), SIMD2(1, 2.5)], std: 1)
    let first = DataSource(mixture, name: "m", path: "m.json").origin
    #expect(first.isSameData(as: DataSource(mixture, name: "n").origin))
    #expect(!first.isSameData(as: DataSource(moved, name: "m", path: "m.json").origin))
  }

  @Test("an unknown set is refused with the nearest name and the list")
  func unknown() throws {
    let error = try #require(throws: DataSourceError.self) {
      try DataSource.load("swisroll", catalogue: nowhere)
    }
    #expect(error == .unknown(.init("swisroll", kind: "data set", known: Toys.all.names)))
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

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where points come from: a toy, a mixture from a JSON file, or the points of a CSV or NPY file.
public struct DataSource: Sendable {
  private enum Origin: Sendable {
    case toy(any ToyDistribution)
    case mixture(MixtureSpecification)
    case points(PointCloud)
  }

  /// The name of the set; for a file, its name without folder and ending.
  public let name: String
  /// The path of the file that it was read from, `nil` for a toy.
  public let path: String?
  private let origin: Origin

  /// The most points that ``sample(count:seed:purpose:)`` gives.
  public static let largestCount = 10_000_000

  /// The source that a toy is.
  public init(_ toy: any ToyDistribution) {
    name = toy.name
    path = nil
    origin = .toy(toy)
  }

  /// The source that a mixture is.
  public init(_ mixture: MixtureSpecification, name: String, path: String? = nil) {
    self.name = name
    self.path = path
    origin = .mixture(mixture)
  }

  /// The source that a set of points is.
  /// - Precondition: there are at least two points.
  public init(_ points: PointCloud, name: String, path: String? = nil) {
    precondition(points.count >= 2, "a data set of \(points.count) points")
    self.name = name
    self.path = path
    origin = .points(points)
  }

  /// The source that a name of the catalogue or a path asks for.
  ///
  /// In this order: a toy, a CSV file of the `Datasets` folder, the path of a CSV (`.csv`), NPY (`.npy`) or
  /// mixture (`.json`) file. A file with another ending is read as what its first bytes say.
  /// - Throws: ``DataSourceError`` where nothing has the name, or the file cannot be used.
  public static func load(
    _ nameOrPath: String, catalogue: Catalogue = Catalogue()
  ) throws(DataSourceError) -> DataSource {
    if let toy = Toys.named(nameOrPath) { return DataSource(toy) }
    let known = ["csv", "npy", "json"]
    let looksLikePath = nameOrPath.contains("/") || known.contains(nameOrPath.ending)
    let path: String
    if !looksLikePath, let dropped = catalogue.file(named: nameOrPath) {
      path = dropped
    } else if looksLikePath || FileManager.default.fileExists(atPath: nameOrPath) {
      path = nameOrPath
    } else {
      let names = catalogue.names
      throw .unknown(name: nameOrPath, nearest: NearestName.of(nameOrPath, in: names), known: names)
    }
    do throws(FileError) {
      return try read(path)
    } catch {
      throw .file(error)
    }
  }

  private static func read(_ path: String) throws(FileError) -> DataSource {
    let bytes = try AtomicFile.read(path)
    var ending = path.ending
    if !["csv", "npy", "json"].contains(ending) {
      let first = bytes.first { $0 != 0x20 && !(9...13).contains($0) }
      ending = bytes.starts(with: NPYHeader.magic) ? "npy" : first == UInt8(ascii: "{") ? "json" : "csv"
    }
    switch ending {
    case "npy": return DataSource(try NPYFile.parse(bytes, path: path), name: path.stem, path: path)
    case "json": return DataSource(try MixtureFile.parse(bytes, path: path), name: path.stem, path: path)
    default: return DataSource(try CSVFile.parse(bytes, path: path), name: path.stem, path: path)
    }
  }

  /// The exact mixture that the points are drawn from, where it is known.
  public var mixture: MixtureSpecification? {
    switch origin {
    case .toy(let toy): toy.mixture
    case .mixture(let mixture): mixture
    case .points: nil
    }
  }

  /// The walls that no point lies behind, where they are known.
  public var box: DataBox? {
    if case .toy(let toy) = origin { toy.box } else { nil }
  }

  /// The mixture that, folded into ``box``, the points are drawn from exactly, where it is known.
  public var foldedMixture: MixtureSpecification? {
    if case .toy(let toy) = origin { toy.foldedMixture } else { nil }
  }

  /// How many points a file has to give; `nil` for a distribution, which never runs out.
  public var available: Int? {
    if case .points(let cloud) = origin { cloud.count } else { nil }
  }

  /// A cloud of `count` points.
  ///
  /// A distribution draws them: point `i` depends on (seed, purpose, i) alone. A file gives its points as
  /// they are where `count` is all of them, in the file's order; fewer are a random choice without
  /// repetition; more are drawn with replacement. Of a file, every tenth point (the 10th, 20th, …; of fewer
  /// than ten points, the last) is held out: purpose ``NoiseSource/Purpose/heldOut`` chooses from these only,
  /// ``NoiseSource/Purpose/training`` from the others only, any other purpose from all.
  /// - Parameter count: in 1...``largestCount``.
  /// - Throws: ``DataSourceError/count(_:)`` where the count is outside.
  public func sample(
    count: Int, seed: UInt64, purpose: NoiseSource.Purpose = .data
  ) throws(DataSourceError) -> PointCloud {
    guard (1...DataSource.largestCount).contains(count) else { throw .count(count) }
    let noise = NoiseSource(seed: seed, purpose: purpose)
    switch origin {
    case .toy(let toy): return toy.sample(count: count, noise: noise)
    case .mixture(let mixture): return mixture.sample(count: count, noise: noise)
    case .points(let cloud): return cloud.choose(count, for: purpose, by: noise)
    }
  }
}

extension PointCloud {
  /// Points of a file, chosen as ``DataSource/sample(count:seed:purpose:)`` says.
  fileprivate func choose(
    _ wanted: Int, for purpose: NoiseSource.Purpose, by noise: NoiseSource
  ) -> PointCloud {
    func isHeldOut(_ i: Int) -> Bool { count < 10 ? i == count - 1 : i % 10 == 9 }
    let pool = (0..<count).filter { i in
      switch purpose {
      case .heldOut: isHeldOut(i)
      case .training: !isHeldOut(i)
      default: true
      }
    }
    let chosen: [Int]
    if wanted > pool.count {
      chosen = (0..<wanted).map { pool[noise.index(below: pool.count, particle: $0)] }
    } else if wanted == pool.count {
      chosen = pool
    } else {
      // A random key for each; those with the smallest keys are the choice.
      let keyed = pool.map { (key: noise.bits(particle: $0, lane: 1), index: $0) }
      let order = keyed.sorted { ($0.key.x, $0.key.y, $0.index) < ($1.key.x, $1.key.y, $1.index) }
      chosen = order.prefix(wanted).map(\.index)
    }
    return PointCloud(chosen.map { points[$0] }, labels: labels.map { all in chosen.map { all[$0] } })
  }
}

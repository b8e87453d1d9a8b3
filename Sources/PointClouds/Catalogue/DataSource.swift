#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where points come from: a toy, a mixture from a JSON file, or the points of a CSV or NPY file.
public struct DataSource: Sendable {
  private enum Kind: Sendable {
    case toy(any ToyDistribution)
    case mixture(GaussianMixture)
    case points(FileRows)
  }

  /// The name of the set; for a file, its name without folder and ending.
  public let name: String
  /// The path of the file that it was read from, `nil` for a toy.
  package let path: String?
  /// What a checkpoint records about the data, so that they can be recognized later.
  public let origin: DataOrigin
  private let kind: Kind
  /// The decisions made when its file was read, one sentence each; see ``ReadPoints/notes``.
  package private(set) var notes: [String] = []

  /// The largest number of points that ``sample(count:seed:purpose:)`` draws.
  package static let largestCount = 10_000_000
  /// The default number of training points that are drawn from a distribution.
  package static let defaultTrainingCount = 40_000

  /// The toy as a source.
  package init(_ toy: any ToyDistribution) {
    name = toy.name
    path = nil
    origin = DataOrigin(toy)
    kind = .toy(toy)
  }

  /// The mixture as a source.
  public init(_ mixture: GaussianMixture, name: String, path: String? = nil) {
    self.name = name.printable
    self.path = path
    origin = .mixture(path: path ?? name, hash: PointsFingerprint(mixture).hash)
    kind = .mixture(mixture)
  }

  /// The points as a source.
  /// - Parameter heldOut: the rows that training never sees.
  /// - Precondition: there are at least two points.
  /// - Complexity: O(points).
  public init(
    _ points: PointCloud, name: String, path: String? = nil, heldOut: HeldOutRows = .standard
  ) {
    precondition(points.count >= 2, "a data set of \(points.count) points")
    self.name = name.printable
    self.path = path
    origin = .rows(path: path ?? name, content: PointsFingerprint(points), heldOut: heldOut)
    kind = .points(FileRows(points, heldOut: heldOut))
  }

  /// The same data with the held-out rows that a checkpoint recorded for them; unchanged if it recorded none.
  package func split(as recorded: DataOrigin?) -> DataSource {
    guard case .rows(_, _, let heldOut) = recorded, case .points(let rows) = kind else { return self }
    return DataSource(rows.cloud, name: name, path: path, heldOut: heldOut)
  }

  /// The source with this name in the catalogue or at this path.
  ///
  /// In this order: a toy, a CSV file of the `Datasets` folder, the path of a CSV (`.csv`), NPY (`.npy`, `.npz`)
  /// or mixture (`.json`) file. For a file with another ending, its first bytes decide.
  /// - Parameter choices: how to read a table; toys and mixtures ignore it.
  /// - Throws: ``DataSourceError`` if nothing has the name, or the file cannot be used.
  public static func load(
    _ nameOrPath: String, catalogue: Catalogue = Catalogue(), reading choices: ReadingChoices = .init()
  ) throws(DataSourceError) -> DataSource {
    if let toy = Toys.all.named(nameOrPath) { return DataSource(toy) }
    let looksLikePath = nameOrPath.contains("/") || PointCloudFile.endings.contains(nameOrPath.ending)
    let path: String
    if !looksLikePath, let dropped = catalogue.file(named: nameOrPath) {
      path = dropped
    } else if looksLikePath || FileManager.default.fileExists(atPath: nameOrPath) {
      path = nameOrPath
    } else {
      throw .unknown(UnknownName(nameOrPath, kind: Toys.all.kind, known: catalogue.names))
    }
    do throws(FileError) {
      return try read(path, choices)
    } catch {
      throw .file(error)
    }
  }

  private static func read(_ path: String, _ choices: ReadingChoices) throws(FileError) -> DataSource {
    let bytes = try AtomicFile.read(path)
    let read: ReadPoints
    switch PointCloudFile.format(of: bytes, path: path) {
    case .mixture:
      return DataSource(try MixtureFile.parse(bytes, path: path), name: path.stem, path: path)
    case .array: read = try NPYFile.parse(bytes, reading: choices, path: path)
    case .table: read = try CSVFile.parse(bytes, reading: choices, path: path)
    }
    try PointCloud.checkSpread(read.cloud.points, path: path)
    var source = DataSource(read.cloud, name: path.stem, path: path)
    source.notes = read.notes
    return source
  }

  /// The exact mixture that the points are drawn from, if it is known.
  public var mixture: GaussianMixture? {
    switch kind {
    // Divides even weights that sum to 1 except for rounding, such as 25 times 0.04, by their sum.
    case .toy(let toy): toy.mixture.map { GaussianMixture($0.components) }
    case .mixture(let mixture): GaussianMixture(mixture.components)
    case .points: nil
    }
  }

  /// The walls that enclose all points, if they are known.
  package var box: DataBox? {
    if case .toy(let toy) = kind { toy.box } else { nil }
  }

  /// The mixture whose points, folded into ``box``, have exactly this distribution, if it is known.
  package var foldedMixture: GaussianMixture? {
    if case .toy(let toy) = kind { toy.foldedMixture } else { nil }
  }

  /// The number of rows of a file; `nil` for a distribution, which never runs out.
  package var available: Int? { rows?.cloud.count }

  /// The number of held-out rows of a file; `nil` for a distribution, whose fresh points are all unseen.
  package var heldOutCount: Int? {
    rows.map { $0.heldOut == nil ? 0 : $0.positions(.heldOut).count }
  }

  /// The rows of a file; `nil` for a distribution.
  var rows: FileRows? {
    if case .points(let rows) = kind { rows } else { nil }
  }

  /// A cloud of `count` points, or of all rows if a file has fewer; no row occurs twice.
  ///
  /// A distribution draws them: point `i` depends on (seed, purpose, i) only. A file gives all its rows in the file's
  /// order, or a random choice of them if `count` is smaller. The purpose
  /// `NoiseSource/Purpose/heldOut` chooses among the held-out rows only, `NoiseSource/Purpose/training` among
  /// the others only (``HeldOutRows``), any other purpose among all. If a file has too few rows to hold any out,
  /// `heldOutCount` is 0 and every purpose chooses among all of them.
  /// - Parameter count: in 1...`largestCount`.
  /// - Throws: ``DataSourceError/count(_:)`` if the count is out of range.
  public func sample(
    count: Int, seed: UInt64, purpose: NoiseSource.Purpose = .data
  ) throws(DataSourceError) -> PointCloud {
    guard (1...DataSource.largestCount).contains(count) else { throw .count(count) }
    let noise = NoiseSource(seed: seed, purpose: purpose)
    switch kind {
    case .toy(let toy): return toy.sample(count: count, noise: noise)
    case .mixture(let mixture): return mixture.sample(count: count, noise: noise)
    case .points(let rows):
      let pool = rows.positions(purpose == .heldOut ? .heldOut : purpose == .training ? .training : .all)
      return rows.rows(count >= pool.count ? pool : noise.choice(count, of: pool))
    }
  }

  /// Held-out points to evaluate a model on: `count` of them, or all that a file has.
  /// - Throws: ``DataSourceError`` if the count is out of range, or a file has fewer than two, too few for a standard
  ///   error.
  public func heldOutPoints(count: Int, seed: UInt64) throws(DataSourceError) -> PointCloud {
    let points = try sample(count: count, seed: seed, purpose: .heldOut)
    guard points.count >= 2 else {
      throw .tooFewRows(name: name, count: available ?? points.count, needed: 2 * HeldOutRows.oneOf)
    }
    return points
  }

  /// The points to train on: `defaultTrainingCount` of a distribution, or every row of a file that is not held out,
  /// once each.
  /// - Parameter limit: the number of points of a distribution, or the largest number of a file; `nil` for the
  ///   default.
  /// - Throws: ``DataSourceError/count(_:)`` if the limit is out of range.
  public func trainingPoints(limit: Int? = nil, seed: UInt64) throws(DataSourceError) -> PointCloud {
    try sample(
      count: limit ?? min(available ?? Self.defaultTrainingCount, Self.largestCount), seed: seed,
      purpose: .training)
  }
}

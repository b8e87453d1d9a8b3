#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where points come from: a toy, a mixture from a JSON file, or the points of a CSV or NPY file.
package struct DataSource: Sendable {
  private enum Kind: Sendable {
    case toy(any ToyDistribution)
    case mixture(GaussianMixture)
    case points(FileRows)
  }

  /// The name of the set; for a file, its name without folder and ending.
  package let name: String
  /// The path of the file that it was read from, `nil` for a toy.
  package let path: String?
  /// What a checkpoint records about the data, so that they can be known again.
  package let origin: DataOrigin
  private let kind: Kind
  /// What was decided when its file was read, a sentence each; see ``ReadPoints/notes``.
  package private(set) var notes: [String] = []

  /// The most points that ``sample(count:seed:purpose:)`` draws.
  package static let largestCount = 10_000_000
  /// The points of a distribution that are trained on unless another number is asked for.
  package static let defaultTrainingCount = 40_000

  /// The source that a toy is.
  package init(_ toy: any ToyDistribution) {
    name = toy.name
    path = nil
    origin = DataOrigin(toy)
    kind = .toy(toy)
  }

  /// The source that a mixture is.
  package init(_ mixture: GaussianMixture, name: String, path: String? = nil) {
    self.name = name.printable
    self.path = path
    origin = .mixture(path: path ?? name, hash: PointsFingerprint(mixture).hash)
    kind = .mixture(mixture)
  }

  /// The source that a set of points is.
  /// - Parameter heldOut: which rows training never sees.
  /// - Precondition: there are at least two points.
  /// - Complexity: O(points).
  package init(
    _ points: PointCloud, name: String, path: String? = nil, heldOut: HeldOutRows = .standard
  ) {
    precondition(points.count >= 2, "a data set of \(points.count) points")
    self.name = name.printable
    self.path = path
    origin = .rows(path: path ?? name, content: PointsFingerprint(points), heldOut: heldOut)
    kind = .points(FileRows(points, heldOut: heldOut))
  }

  /// The same data with the held-out rows that a checkpoint recorded for them; unchanged where it recorded none.
  package func split(as recorded: DataOrigin?) -> DataSource {
    guard case .rows(_, _, let heldOut) = recorded, case .points(let rows) = kind else { return self }
    return DataSource(rows.cloud, name: name, path: path, heldOut: heldOut)
  }

  /// The source that a name of the catalogue or a path asks for.
  ///
  /// In this order: a toy, a CSV file of the `Datasets` folder, the path of a CSV (`.csv`), NPY (`.npy`, `.npz`)
  /// or mixture (`.json`) file. A file with another ending is read as what its first bytes say.
  /// - Parameter choices: how to read a table; names of toys and mixtures have no columns.
  /// - Throws: ``DataSourceError`` where nothing has the name, or the file cannot be used.
  package static func load(
    _ nameOrPath: String, catalogue: Catalogue = Catalogue(), reading choices: ReadingChoices = .init()
  ) throws(DataSourceError) -> DataSource {
    if let toy = Toys.named(nameOrPath) { return DataSource(toy) }
    let looksLikePath = nameOrPath.contains("/") || PointCloudFile.endings.contains(nameOrPath.ending)
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

  /// The exact mixture that the points are drawn from, where it is known.
  package var mixture: GaussianMixture? {
    switch kind {
    // Weights that sum to 1 but for rounding, as 25 times 0.04, are divided by their sum.
    case .toy(let toy): toy.mixture.map { GaussianMixture($0.components) }
    case .mixture(let mixture): GaussianMixture(mixture.components)
    case .points: nil
    }
  }

  /// The walls that no point lies behind, where they are known.
  package var box: DataBox? {
    if case .toy(let toy) = kind { toy.box } else { nil }
  }

  /// The mixture that, folded into ``box``, the points are drawn from exactly, where it is known.
  package var foldedMixture: GaussianMixture? {
    if case .toy(let toy) = kind { toy.foldedMixture } else { nil }
  }

  /// How many rows a file has; `nil` for a distribution, which never runs out.
  package var available: Int? { rows?.cloud.count }

  /// How many rows of a file training never sees; `nil` for a distribution, whose fresh points are all unseen.
  package var heldOutCount: Int? {
    rows.map { $0.heldOut == nil ? 0 : $0.positions(.heldOut).count }
  }

  /// The rows of a file.
  var rows: FileRows? {
    if case .points(let rows) = kind { rows } else { nil }
  }

  /// A cloud of `count` points, or of all rows where a file has fewer; no row comes twice.
  ///
  /// A distribution draws them: point `i` depends on (seed, purpose, i) alone. A file gives its rows in the
  /// file's order where `count` is all of them, and a random choice where it is fewer. Purpose
  /// ``NoiseSource/Purpose/heldOut`` chooses among the held-out rows only, ``NoiseSource/Purpose/training`` among
  /// the others only (``HeldOutRows``), any other purpose among all. Where a file has too few rows to hold any
  /// out, ``heldOutCount`` is 0 and every purpose chooses among all of them.
  /// - Parameter count: in 1...``largestCount``.
  /// - Throws: ``DataSourceError/count(_:)`` where the count is outside.
  package func sample(
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

  /// Held-out points to measure a model by: `count` of them, or all that a file has.
  /// - Throws: ``DataSourceError`` where the count is outside, or a file has fewer than two for a measure that
  ///   scatters.
  package func heldOutPoints(count: Int, seed: UInt64) throws(DataSourceError) -> PointCloud {
    let points = try sample(count: count, seed: seed, purpose: .heldOut)
    guard points.count >= 2 else {
      throw .tooFewRows(name: name, count: available ?? points.count, needed: 2 * HeldOutRows.oneOf)
    }
    return points
  }

  /// The points to train on: of a distribution ``defaultTrainingCount``, of a file every row that is not held out,
  /// once each.
  /// - Parameter limit: the number of points of a distribution, the most of a file; `nil` for the default.
  /// - Throws: ``DataSourceError/count(_:)`` where the limit is no number of points.
  package func trainingPoints(limit: Int? = nil, seed: UInt64) throws(DataSourceError) -> PointCloud {
    try sample(
      count: limit ?? min(available ?? Self.defaultTrainingCount, Self.largestCount), seed: seed,
      purpose: .training)
  }
}

/// True points to compare samples with: references, and stand-ins that replace the samples to measure the noise
/// floor.
///
/// A reference and a stand-in never share a row, so the floor never compares points with themselves.
public struct TrueDraws: Sendable {
  /// The rows of a file that may serve as references.
  public enum Choice: Sendable, Hashable {
    /// All rows, for samples of unknown training. Each pair is drawn anew.
    case anyRow
    /// The held-out rows; the training rows are the stand-ins.
    case heldOut
  }

  /// The number of points in each cloud: as many as were asked for, or as many as a file allows.
  package let count: Int
  /// The average share of rows that two references have in common; 0 for a distribution.
  package let overlap: Double
  /// A remark about the true points for the reader of the numbers; `nil` for a distribution.
  package let remark: String?

  private let source: DataSource
  private let seed: UInt64
  /// The rows that references and stand-ins come from; `nil` if both come from all rows.
  private let pools: (references: [Int], standIns: [Int])?

  /// Draws of clouds of `wanted` points, or of fewer if a file has less than twice as many rows of the kind.
  /// - Throws: ``DataSourceError`` if the count is out of range, or a file has a single row.
  package init(
    of source: DataSource, count wanted: Int, seed: UInt64, from choice: Choice
  ) throws(DataSourceError) {
    guard (1...DataSource.largestCount).contains(wanted) else { throw .count(wanted) }
    self.source = source
    self.seed = seed
    guard let rows = source.rows else {
      (count, overlap, remark, pools) = (wanted, 0, nil, nil)
      return
    }
    let total = rows.cloud.count
    guard total >= 2 else { throw .tooFewRows(name: source.name, count: total, needed: 2) }
    if choice == .anyRow {
      count = min(wanted, total / 2)
      overlap = Double(count) / Double(total)
      pools = nil
      remark =
        "true points: \(count) of the \(total) rows of \(source.name) against \(count) others, chosen anew each time"
      return
    }
    let references: [Int]
    let standIns: [Int]
    if rows.heldOut == nil {
      let noise = NoiseSource(seed: seed, purpose: NoiseSource.Purpose("halves of the rows"))
      let order = noise.choice(total, of: rows.positions(.all))
      references = Array(order[..<(total / 2)])
      standIns = Array(order[(total / 2)...])
    } else {
      references = rows.positions(.heldOut)
      standIns = rows.positions(.training)
    }
    count = min(wanted, max(1, references.count / 2), standIns.count)
    // A single reference row would give an overlap of 1 and an infinite interval; 0.9 keeps it wide but finite.
    overlap = min(Double(count) / Double(references.count), 0.9)
    pools = (references, standIns)
    remark =
      rows.heldOut == nil
      ? "true points: \(source.name) has \(total) rows, too few to hold any out; the model may have seen them"
      : "true points: \(count) at a time of the \(references.count) held-out rows of \(source.name)"
  }

  /// A true cloud that samples are compared with.
  /// - Parameters:
  ///   - name: names the cloud; clouds of different names are independent draws of a distribution.
  ///   - pair: the pair that the cloud belongs to, for ``Choice/anyRow``.
  package func reference(_ name: String, pair: Int) throws(DataSourceError) -> PointCloud {
    try draw(name, pair: pair, isReference: true)
  }

  /// A true cloud that replaces the samples.
  /// - Parameters:
  ///   - name: names the cloud; clouds of different names are independent draws of a distribution.
  ///   - pair: the pair that the cloud belongs to, for ``Choice/anyRow``.
  package func standIn(_ name: String, pair: Int) throws(DataSourceError) -> PointCloud {
    try draw(name, pair: pair, isReference: false)
  }

  private func draw(_ name: String, pair: Int, isReference: Bool) throws(DataSourceError) -> PointCloud {
    guard let rows = source.rows else {
      return try source.sample(count: count, seed: seed, purpose: NoiseSource.Purpose(name))
    }
    if let pools {
      let noise = NoiseSource(seed: seed, purpose: NoiseSource.Purpose(name))
      return rows.rows(noise.choice(count, of: isReference ? pools.references : pools.standIns))
    }
    let noise = NoiseSource(seed: seed, purpose: NoiseSource.Purpose("pairs of rows")).at(step: pair)
    let both = noise.choice(2 * count, of: rows.positions(.all))
    return rows.rows(Array(isReference ? both[..<count] : both[count...]))
  }

  /// ``count`` of the samples: all of them if there are no more, a random choice otherwise.
  package func matching(_ samples: PointCloud) -> PointCloud {
    guard samples.count > count else { return samples }
    let noise = NoiseSource(seed: seed, purpose: NoiseSource.Purpose("samples to compare"))
    let chosen = noise.choice(count, of: Array(0..<samples.count))
    return PointCloud(
      chosen.map { samples[$0] }, labels: samples.labels.map { all in chosen.map { all[$0] } })
  }
}

/// True points to compare samples with: references, and stand-ins that take the samples' place for the noise
/// floor. A reference and a stand-in never share a row, so the floor is never a distance of points from
/// themselves.
package struct TrueDraws: Sendable {
  /// Which rows of a file may stand as references.
  package enum Choice: Sendable, Hashable {
    /// Any: nothing is known of a training. Each pair is drawn anew from all rows.
    case anyRow
    /// Those that training never saw; rows that it saw are the stand-ins.
    case heldOut
  }

  /// The points in each cloud: as many as were asked for, or as a file can give.
  package let count: Int
  /// The share of its rows that a reference has in common with another one on average; 0 for a distribution.
  package let overlap: Double
  /// What a reader of the numbers has to know about the true points; `nil` for a distribution.
  package let remark: String?

  private let source: DataSource
  private let seed: UInt64
  /// The rows that references and stand-ins come from; `nil` where both come from all rows.
  private let pools: (references: [Int], standIns: [Int])?

  /// The draws of clouds of `wanted` points, or of fewer where a file has not twice as many rows of the kind.
  /// - Throws: ``DataSourceError`` where a count is none, or a file has a single row.
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
    // A single row has no other draw to differ from; below 1 the interval is wide, and still a number.
    overlap = min(Double(count) / Double(references.count), 0.9)
    pools = (references, standIns)
    remark =
      rows.heldOut == nil
      ? "true points: \(source.name) has \(total) rows, too few to hold any out; the model may have seen them"
      : "true points: \(count) at a time of the \(references.count) held-out rows of \(source.name)"
  }

  /// A true cloud that samples are compared with.
  /// - Parameters:
  ///   - name: which one; clouds of different names are independent draws of a distribution.
  ///   - pair: where the rows are ``Choice/anyRow``, the pair that it belongs to.
  package func reference(_ name: String, pair: Int) throws(DataSourceError) -> PointCloud {
    try draw(name, pair: pair, isReference: true)
  }

  /// A true cloud in the samples' place.
  /// - Parameters:
  ///   - name: which one; clouds of different names are independent draws of a distribution.
  ///   - pair: where the rows are ``Choice/anyRow``, the pair that it belongs to.
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

  /// `count` of the samples: all of them where there are no more, a random choice otherwise.
  package func matching(_ samples: PointCloud) -> PointCloud {
    guard samples.count > count else { return samples }
    let noise = NoiseSource(seed: seed, purpose: NoiseSource.Purpose("samples to compare"))
    let chosen = noise.choice(count, of: Array(0..<samples.count))
    return PointCloud(
      chosen.map { samples[$0] }, labels: samples.labels.map { all in chosen.map { all[$0] } })
  }
}

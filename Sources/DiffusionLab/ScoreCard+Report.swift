import Evaluation
import PointClouds

extension ScoreCard: JSONReport {
  /// The card of samples against fresh draws of a data source.
  /// - Throws: ``DataSourceError`` where the source cannot give as many points.
  public init(_ samples: PointCloud, against source: DataSource, seed: UInt64) throws(DataSourceError) {
    // Each draw is a purpose of its own: independent of the others and of the training data.
    try self.init(samples: samples) { index, count throws(DataSourceError) in
      try source.sample(count: count, seed: seed, purpose: NoiseSource.Purpose("truth \(index)"))
    }
  }

  /// The card as lines of text.
  public var table: String {
    let lines = rows.map { row in
      let name = row.name + String(repeating: " ", count: max(0, 16 - row.name.count))
      return
        "\(name) \(row.value.fixed(4))   floor \(row.floor.fixed(4)) ± \(row.floorDeviation.fixed(4))   ratio \(row.ratio.fixed(2))"
    }
    return lines.joined(separator: "\n")
  }
}

import DiffusionProcess
import Evaluation
import PointClouds
import RealModule

extension ScoreCard: JSONReport {
  /// The card of samples against fresh draws of a data source.
  /// - Parameters:
  ///   - metrics: what is measured; what needs a mixture is left out where the source is none.
  ///   - threads: 0 for one a processor; the numbers do not depend on it.
  /// - Throws: ``DataSourceError`` where the source cannot give as many points.
  public init(
    _ samples: PointCloud, against source: DataSource, seed: UInt64,
    metrics: [ScoreMetric] = ScoreMetric.short, threads: Int = 0
  ) throws(DataSourceError) {
    // Each draw is a purpose of its own: independent of the others and of the training data.
    try self.init(
      samples: samples, metrics: metrics, mixture: source.mixture.map { GaussianMixture($0) },
      threads: threads
    ) { index, count throws(DataSourceError) in
      try source.sample(count: count, seed: seed, purpose: NoiseSource.Purpose("truth \(index)"))
    }
  }

  /// The card as lines of text: each value beside its floor.
  public var table: String {
    let lines = rows.map { row in
      let name = row.name + String(repeating: " ", count: max(0, 16 - row.name.count))
      return
        "\(name) \(row.value.fixed(4))   floor \(row.floor.fixed(4)) ± \(row.floorDeviation.fixed(4))   ratio \(row.floor > 0 ? row.ratio.fixed(2) : "–")"
    }
    return lines.joined(separator: "\n")
  }

  /// The card with the intervals of all means, with the limits within which 95 % of true draws lie, and with what
  /// follows.
  public var wholeTable: TextTable {
    var table = TextTable(
      ["metric", "samples", "true points", "one true draw", "limit", "ratio", "verdict", "note"])
    for row in rows {
      let decimals = row.decimals
      func range(_ value: Double, _ interval: Double) -> String {
        value.fixed(decimals) + (interval > 0 ? " ± \(interval.fixed(decimals))" : "")
      }
      let limit: String =
        switch row.better {
        case .lower: "≤ " + (row.upperLimit ?? 0).fixed(decimals)
        case .higher: "≥ " + (row.lowerLimit ?? 0).fixed(decimals)
        case .near: (row.lowerLimit ?? 0).fixed(decimals) + " … " + (row.upperLimit ?? 0).fixed(decimals)
        }
      table.add([
        row.name, range(row.value, row.valueInterval), range(row.floor, row.floorInterval),
        "± " + row.floorDeviation.fixed(decimals), limit,
        row.better == .lower && row.floor > 0 ? row.ratio.fixed(2) : "–",
        row.isWithinFloor ? "as true" : "differs", row.note,
      ])
    }
    return table
  }
}

extension ScoreCard.Row {
  /// Decimals that show two digits of how much true draws scatter.
  fileprivate var decimals: Int {
    guard floorDeviation > 0 else { return 4 }
    return min(max(Int((1 - Double.log10(floorDeviation)).rounded(.up)), 2), 9)
  }
}

import DiffusionProcess
import Evaluation
import PointClouds
import RealModule

extension ScoreCard: JSONReport {
  /// The card of samples against true points of a data source: fresh draws, or rows of a file such that clouds that
  /// are compared share no row. A file gives clouds of at most half its rows; of more samples a random choice is
  /// compared.
  ///
  /// If the standard deviations of the coordinates differ much, distances are in standard units.
  /// - Parameters:
  ///   - choice: the rows of a file to compare with.
  ///   - testsCopying: whether to test for copies of the rows of a file that are not held out.
  ///   - metrics: what to measure; metrics that need a mixture are left out if the source is none.
  ///   - threads: 0 for one per processor; the numbers do not depend on it.
  /// - Throws: `DataSourceError` if the source cannot give as many points.
  public init(
    _ samples: PointCloud, against source: DataSource, from choice: TrueDraws.Choice = .anyRow,
    testsCopying: Bool = false, seed: UInt64, metrics: [ScoreMetric] = ScoreMetric.short, threads: Int = 0
  ) throws(DataSourceError) {
    let draws = try TrueDraws(of: source, count: samples.count, seed: seed, from: choice)
    let first = try draws.reference("truth 0", pair: 0)
    let units = Standardization(of: first).flatMap { $0.isShared ? nil : $0 }
    func scaled(_ cloud: PointCloud) -> PointCloud { units?.apply(cloud) ?? cloud }
    let mixture = source.mixture
    let remarks = [draws.remark, units.map(Self.remark)].compactMap(\.self)
    let compared = scaled(draws.matching(samples))
    // Each draw is a purpose of its own: independent of the others and of the training data.
    try self.init(
      samples: compared, metrics: metrics, mixture: units.map { mixture?.standardized(by: $0) } ?? mixture,
      overlap: draws.overlap, remark: remarks.isEmpty ? nil : remarks.joined(separator: "\n"),
      copying: testsCopying ? try Self.copying(samples, of: source, scaled) : nil, threads: threads
    ) { index, _ throws(DataSourceError) in
      let (pair, isReference) = (index / 2, index.isMultiple(of: 2))
      let name = "truth \(index)"
      return scaled(
        isReference ? try draws.reference(name, pair: pair) : try draws.standIn(name, pair: pair))
    }
  }

  private static func remark(_ units: Standardization) -> String {
    "distances in standard units: x divided by \(units.scales.x), y by \(units.scales.y)"
  }

  /// The test for copies of the rows of a file; `nil` if none are held out.
  private static func copying(
    _ samples: PointCloud, of source: DataSource, _ scaled: (PointCloud) -> PointCloud
  ) throws(DataSourceError) -> CopyingTest? {
    guard let heldOut = source.heldOutCount, heldOut > 0 else { return nil }
    let held = try source.sample(count: heldOut, seed: 0, purpose: .heldOut)
    let training = try source.trainingPoints(seed: 0)
    return CopyingTest(samples: scaled(samples), heldOut: scaled(held), training: scaled(training))
  }

  /// The card as lines of text: each value beside its floor.
  public var table: String {
    let lines = rows.map { row in
      let name = row.name + String(repeating: " ", count: max(0, 16 - row.name.count))
      // All three numbers have the form that the floor needs, so that they can be compared.
      func text(_ value: Double) -> String {
        value.readable(4, size: row.floor == 0 ? row.value : max(abs(row.floor), abs(row.floorDeviation)))
      }
      return
        "\(name) \(text(row.value))   floor \(text(row.floor)) ± \(text(row.floorDeviation))   ratio \(row.floor > 0 ? "\(row.ratio.fixed(2)) ± \(row.ratioInterval.fixed(2))" : "–")"
    }
    return (lines + remarks).joined(separator: "\n")
  }

  /// The remarks below the numbers, about the true points and about copies.
  package var remarks: [String] { [remark, copying?.summary].compactMap(\.self) }

  /// The card with the intervals of all means, the limits that contain 95 % of true draws, and a verdict per number.
  package var wholeTable: TextTable {
    TextTable(
      ["metric", "samples", "true points", "one true draw", "limit", "ratio", "verdict", "note"],
      rows.map { row in
        let text = row.text
        func range(_ value: Double, _ interval: Double) -> String {
          text(value) + (interval > 0 ? " ± \(text(interval))" : "")
        }
        let limit =
          switch row.better {
          case .lower: "≤ " + text(row.upperLimit ?? 0)
          case .higher: "≥ " + text(row.lowerLimit ?? 0)
          case .near: text(row.lowerLimit ?? 0) + " … " + text(row.upperLimit ?? 0)
          }
        return [
          row.name, range(row.value, row.valueInterval), range(row.floor, row.floorInterval),
          "± " + text(row.floorDeviation), limit,
          row.better == .lower && row.floor > 0 ? row.ratio.fixed(2) : "–",
          row.isWithinFloor ? "as true" : "differs", row.note,
        ]
      })
  }
}

extension ScoreCard.Row {
  /// A number of the row with enough decimals to show two digits of the floor's standard deviation, at most 9; with
  /// significant digits if these do not suffice.
  fileprivate func text(_ value: Double) -> String {
    guard floorDeviation > 0 else { return value.readable(4) }
    let decimals = min(max(Int((1 - Double.log10(floorDeviation)).rounded(.up)), 2), 9)
    return value.readable(decimals, size: floorDeviation)
  }
}

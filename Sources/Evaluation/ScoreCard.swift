import DiffusionProcess
import Parallelism
import PointClouds

/// Distances of samples from the true distribution, each with its noise floor: the distance that true points have.
///
/// In every repetition the samples, and a true draw of the same size, are compared with the same fresh true draw. The
/// interval of a value therefore shows how much it depends on the true points; the samples are the same throughout.
public struct ScoreCard: Sendable, Hashable, Codable {
  /// One number of the card.
  public struct Row: Sendable, Hashable, Codable {
    /// What was measured.
    public let name: String
    /// A short remark on it, often empty.
    package let note: String
    /// Which way it improves.
    package let better: ScoreMetric.Better
    /// The mean over comparisons of the samples with as many fresh true points.
    public let value: Double
    /// Half the width of the 95 % confidence interval of that mean; 0 if the number does not depend on the true
    /// points.
    package let valueInterval: Double
    /// The mean over comparisons of two independent true draws of that size: the value of a perfect sampler.
    public let floor: Double
    /// The standard deviation of a single comparison of two true draws.
    package let floorDeviation: Double
    /// Half the width of the 95 % confidence interval of the mean floor.
    package let floorInterval: Double
    /// The number of pairs of clouds that each mean is taken over.
    package let repetitions: Int
    /// The limit that 95 % of true draws do not fall below; `nil` if lower is better.
    package let lowerLimit: Double?
    /// The limit that 95 % of true draws do not exceed; `nil` if higher is better. With two limits, 95 % are between.
    package let upperLimit: Double?
    /// Whether the value is within the limits, so that this number does not distinguish the samples from true points.
    public let isWithinFloor: Bool
    /// Half the width of the 95 % interval of ``ratio`` over draws of both samples and true points; 0 if the floor
    /// is 0.
    public let ratioInterval: Double

    /// The value as a multiple of its floor. If lower is better, about 1 is the best possible ratio.
    public var ratio: Double { value / floor }

    /// The row of these measurements.
    ///
    /// The limits are quantiles of a normal distribution with the floor's mean and standard deviation. The 95 %
    /// quantile of the sliced W₂ of 60–200 pairs of true draws is within 6 % of it; the empirical quantile of the
    /// few floors of a card has a larger error.
    package init(
      _ name: String, _ better: ScoreMetric.Better, values: RepeatedMeasure, floors: RepeatedMeasure,
      note: String = ""
    ) {
      self.name = name
      self.note = note
      self.better = better
      value = values.mean
      valueInterval = values.interval
      floor = floors.mean
      floorDeviation = floors.standardDeviation
      floorInterval = floors.interval
      repetitions = floors.repetitions
      let reach = (better == .near ? 1.959_964 : 1.644_854) * floors.standardDeviation
      let lower = better == .lower ? nil : floors.mean - reach
      let upper = better == .higher ? nil : floors.mean + reach
      // Each of the two clouds of a floor contributes half of its variance. The samples, and the rows that the
      // references share, are drawn once; the rest averages out.
      let variance = floors.standardDeviation * floors.standardDeviation
      let ratio = values.mean / floors.mean
      let once = variance / 2 * (1 + values.overlap)
      let averaged = values.standardDeviation * values.standardDeviation + ratio * ratio * variance
      ratioInterval =
        floors.mean > 0
        ? 1.959_964 * (once + averaged / Double(floors.repetitions)).squareRoot() / floors.mean : 0
      isWithinFloor = values.mean >= lower ?? -.infinity && values.mean <= upper ?? .infinity
      lowerLimit = lower
      upperLimit = upper
    }
  }

  /// The number of points in each cloud.
  public let count: Int
  /// The numbers.
  public let rows: [Row]
  /// A remark about the true points for the reader; `nil` if they are fresh draws.
  package let remark: String?
  /// The test whether the samples are copies of the training points, if these are known.
  package let copying: CopyingTest?

  /// The card of `samples`.
  /// - Parameters:
  ///   - samples: generated points.
  ///   - metrics: what to measure; metrics that need a mixture are left out if there is none.
  ///   - mixture: the exact distribution of the data, if it is known.
  ///   - overlap: the share of its points that a true draw has in common with another.
  ///   - remark: a remark about the true points for the reader.
  ///   - copying: the test for copies, if the training points are known.
  ///   - repetitions: the largest number of repetitions of any metric.
  ///   - threads: 0 for one per processor; the numbers do not depend on it.
  ///   - truth: returns draw `index` of `count` true points; draws of different indices are independent.
  /// - Complexity: O(n²) distances per repetition; see the metrics.
  /// - Throws: rethrows errors of `truth`.
  package init<Failure: Error>(
    samples: PointCloud, metrics: [ScoreMetric] = ScoreMetric.short, mixture: GaussianMixture? = nil,
    overlap: Double = 0, remark: String? = nil, copying: CopyingTest? = nil,
    repetitions: Int = .max, threads: Int = 0,
    truth: (_ index: Int, _ count: Int) throws(Failure) -> PointCloud
  ) throws(Failure) {
    precondition(samples.count > 0, "no samples")
    precondition(
      samples.points.allSatisfy { $0.x.isFinite && $0.y.isFinite }, "a sample has no finite place")
    precondition(repetitions > 1, "\(repetitions) repetitions give no deviation")
    let metrics = metrics.filter { mixture != nil || !$0.needsMixture }
    let most = metrics.map { min(repetitions, $0.repetitions) }.max() ?? 0
    var references: [PointCloud] = []
    var standIns: [PointCloud] = []
    for index in 0..<most {
      references.append(try truth(2 * index, samples.count))
      standIns.append(try truth(2 * index + 1, samples.count))
    }
    let known = ScoreMetric.Truth(references: references, mixture: mixture)
    let measures = metrics.map { $0.prepare(known) }
    let tasks = metrics.indices.flatMap { metric in
      (0..<min(repetitions, metrics[metric].repetitions)).flatMap {
        [(metric: metric, repetition: $0, isFloor: false), (metric: metric, repetition: $0, isFloor: true)]
      }
    }
    let found = ThreadTeam.map(tasks.count, threads: threads) { [references, standIns] i in
      let task = tasks[i]
      return measures[task.metric](
        task.isFloor ? standIns[task.repetition] : samples, references[task.repetition], task.repetition)
    }
    self.remark = remark
    self.copying = copying
    count = samples.count
    rows = metrics.indices.flatMap { metric in
      let note = metrics[metric].note(known, samples.count)
      return metrics[metric].names.enumerated().map { position, entry in
        func measured(floor: Bool) -> RepeatedMeasure {
          RepeatedMeasure(
            tasks.indices.filter { tasks[$0].metric == metric && tasks[$0].isFloor == floor }
              .map { found[$0][position] }, overlap: floor ? 0 : overlap)
        }
        return Row(
          entry.name, entry.better, values: measured(floor: false), floors: measured(floor: true),
          note: note)
      }
    }
  }
}

extension ScoreCard {
  /// The row of this name, such as "sliced W2"; `nil` if the card has none.
  public subscript(name: String) -> Row? { rows.first { $0.name == name } }
}

import DiffusionProcess
import Parallelism
import PointClouds

/// How far samples are from the truth, each number beside its noise floor: what true points in their place score.
///
/// In every repetition the samples, and a true draw of their size in their place, are compared with the same
/// fresh true draw. So the interval of a value says how much it depends on the true points; the samples stay what
/// they are.
package struct ScoreCard: Sendable, Hashable, Codable {
  /// One number.
  package struct Row: Sendable, Hashable, Codable {
    /// What was measured.
    package let name: String
    /// What there is to say about it, in short; often nothing.
    package let note: String
    /// Which way it improves.
    package let better: ScoreMetric.Better
    /// The mean between the samples and fresh true points of the same number.
    package let value: Double
    /// Half the width of the 95 % confidence interval of that mean; 0 where the true points do not matter.
    package let valueInterval: Double
    /// The mean between two independent true draws of that number: what a perfect sampler would score.
    package let floor: Double
    /// The standard deviation of a single floor.
    package let floorDeviation: Double
    /// Half the width of the 95 % confidence interval of the mean floor.
    package let floorInterval: Double
    /// How many pairs of clouds each mean comes from.
    package let repetitions: Int
    /// What 95 % of true draws do not fall below; `nil` where lower is better.
    package let lowerLimit: Double?
    /// What 95 % of true draws do not exceed; `nil` where higher is better. Where both count, 95 % are between.
    package let upperLimit: Double?
    /// Whether the value is within the limits: as good as true points, as far as this number can tell.
    package let isWithinFloor: Bool
    /// Half the width of the 95 % interval of ``ratio``: how much it depends on which samples and which true points
    /// were drawn. 0 where the floor is.
    package let ratioInterval: Double

    /// The value as a multiple of its floor. Where lower is better, about 1 is as good as it gets.
    package var ratio: Double { value / floor }

    /// The row of these measurements.
    ///
    /// The limits are those of a normal with the floor's mean and deviation. Of the sliced W₂ of 60–200 pairs of
    /// true draws the 95 % quantile is within 6 % of that, while the quantile of as few floors as a card has
    /// would be off by more.
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
      floorDeviation = floors.deviation
      floorInterval = floors.interval
      repetitions = floors.repetitions
      let reach = (better == .near ? 1.959_964 : 1.644_854) * floors.deviation
      let lower = better == .lower ? nil : floors.mean - reach
      let upper = better == .higher ? nil : floors.mean + reach
      // Of a floor's variance each of its two clouds makes half. The samples, and what the references have in
      // common, are drawn once; the rest averages out.
      let variance = floors.deviation * floors.deviation
      let ratio = values.mean / floors.mean
      let once = variance / 2 * (1 + values.overlap)
      let averaged = values.deviation * values.deviation + ratio * ratio * variance
      ratioInterval =
        floors.mean > 0
        ? 1.959_964 * (once + averaged / Double(floors.repetitions)).squareRoot() / floors.mean : 0
      isWithinFloor = values.mean >= lower ?? -.infinity && values.mean <= upper ?? .infinity
      lowerLimit = lower
      upperLimit = upper
    }
  }

  /// The number of points in each cloud.
  package let count: Int
  /// The numbers.
  package let rows: [Row]
  /// What a reader has to know about the true points; `nil` where they are fresh draws.
  package let remark: String?
  /// Whether the samples are copies of the training points, where these are known.
  package let copying: CopyingTest?

  /// The card of `samples`.
  /// - Parameters:
  ///   - samples: generated points.
  ///   - metrics: what is measured; those that need a mixture are left out where there is none.
  ///   - mixture: the exact truth, where it is known.
  ///   - overlap: the share of its points that one of the true draws has in common with another.
  ///   - remark: what a reader has to know about the true points.
  ///   - copying: the test for copies, where the training points are known.
  ///   - repetitions: at most this many of each metric.
  ///   - threads: 0 for one a processor; the numbers do not depend on it.
  ///   - truth: fresh true points: draw `index` of this many. Different indices are independent.
  /// - Complexity: O(n²) distances a repetition; see the metrics.
  /// - Throws: what `truth` throws.
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

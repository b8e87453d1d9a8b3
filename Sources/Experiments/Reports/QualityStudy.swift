import DiffusionProcess
import Evaluation
import Figures
import Models
import Parallelism
import PointClouds
import ReverseSampling
import TinyNetwork

/// The quality of a recipe's samples on several data sets: sliced W₂ as a multiple of its noise floor, and the
/// accuracy of a classifier two-sample test.
package struct QualityStudy: JSONReport, Sendable, Hashable, Codable {
  /// The result on one data set.
  package struct Row: Sendable, Hashable, Codable {
    /// The data set.
    package let dataset: String
    /// The mean sliced W₂ distance of a cloud of samples to as many true points.
    package let slicedW2: Double
    /// The same distance between two true draws.
    package let floor: Double
    /// ``slicedW2`` / ``floor``, and half the width of its 95 % confidence interval.
    package let ratio, ratioInterval: Double
    /// The mean accuracy of the classifier two-sample test, ½ if samples and data cannot be distinguished, and half the
    /// width of its 95 % confidence interval.
    package let accuracy, accuracyInterval: Double
    /// Wall-clock seconds of training.
    package let seconds: Double
    /// The number of points of each cloud.
    package let count: Int
    /// A remark about the true points for the reader; `nil` for a distribution.
    package let remark: String?

    /// Whether ratio and accuracy are within the promised bounds ``QualityStudy/largestRatio`` and
    /// ``QualityStudy/largestAccuracy``.
    package var isGood: Bool {
      ratio <= QualityStudy.largestRatio && accuracy <= QualityStudy.largestAccuracy
    }
  }

  /// How the samples of every set are drawn and evaluated.
  package struct Judgement: Sendable {
    /// The sampler; the model's default if it is `nil`, or if the model has no score.
    package var sampler: SamplerKind? = DPMSolverPlusPlus.kind
    /// Steps of the reverse chain; as many as the sampler recommends where it is `nil`.
    package var steps: Int?
    /// The number of points of each cloud.
    package var count = 5000
    /// The number of clouds of samples, of true points, and of stand-ins for the samples; all are compared with all,
    /// because distances near the floor scatter by a quarter between clouds.
    package var clouds = 64
    /// The number of clouds that the classifier is trained on.
    package var judged = 6
    /// The number of threads; 0 for one per processor.
    package var threads = 0

    /// The settings of the README's table.
    package init() {}
  }

  /// The default data sets.
  package static let datasets = ["swissroll", "moons", "ring8", "grid25", "checkerboard", "pinwheel"]
  /// The promised bounds of the ratio and the accuracy.
  package static let largestRatio = 1.10, largestAccuracy = 0.53
  /// The number of training steps.
  package let steps: Int
  /// The results.
  package let rows: [Row]

  /// Trains on every set, draws samples and judges them.
  /// - Parameter progress: called with the share of the training that is done.
  /// - Throws: ``DataSourceError`` where a source cannot give enough points, ``TrainingError`` where training fails,
  ///   ``SamplingProblem`` if the sampler does not go with the model.
  package init(
    _ sources: [DataSource], recipe: TrainingRecipe, judgement: Judgement = Judgement(),
    progress: (_ dataset: String, _ step: Int) throws -> Void = { _, _ in }
  ) throws {
    steps = recipe.steps
    // Check before any training: clouds of two points need four held-out rows, a tenth of forty.
    for source in sources
    where try TrueDraws(of: source, count: judgement.count, seed: recipe.seed, from: .heldOut).count < 2 {
      throw DataSourceError.tooFewRows(
        name: source.name, count: source.available ?? 0, needed: 4 * HeldOutRows.oneOf)
    }
    rows = try sources.map { source in
      let points = try source.trainingPoints(seed: recipe.seed)
      let trainer = try Trainer(points: points, dataset: source.name, origin: source.origin, recipe: recipe)
      let clock = ContinuousClock()
      var seconds = 0.0
      while !trainer.isFinished {
        seconds += try clock.measure { try trainer.run(steps: 500) } / .seconds(1)
        try progress(source.name, trainer.step)
      }
      let model = trainer.model.asModel(threads: recipe.threads)
      return try Row(source, model, judgement, seed: recipe.seed, seconds: seconds)
    }
  }

  /// The rows, each with whether it meets both bounds.
  package var table: TextTable {
    TextTable(
      ["data", "sliced W2", "floor", "ratio", "C2ST accuracy", "training", "both bounds"],
      rows.map { row in
        [
          row.dataset, row.slicedW2.readable(4), row.floor.readable(4),
          row.ratio.text(2, interval: row.ratioInterval),
          row.accuracy.text(3, interval: row.accuracyInterval), "\(row.seconds.fixed(1)) s",
          row.isGood ? "met" : "missed",
        ]
      })
  }

  /// The mean ratio over the sets.
  package var meanRatio: AblationFigure.Measurement { Self.mean(rows.map { ($0.ratio, $0.ratioInterval) }) }
  /// The mean accuracy over the sets.
  package var meanAccuracy: AblationFigure.Measurement {
    Self.mean(rows.map { ($0.accuracy, $0.accuracyInterval) })
  }

  /// The mean over sets, with its 95 % confidence interval from the errors on each set, not from the differences of
  /// sets.
  private static func mean(_ values: [(value: Double, interval: Double)]) -> AblationFigure.Measurement {
    let count = Double(max(1, values.count))
    return AblationFigure.Measurement(
      values.reduce(0) { $0 + $1.value } / count,
      interval: values.reduce(0) { $0 + $1.interval * $1.interval }.squareRoot() / count)
  }
}

extension QualityStudy.Row {
  /// Draws clouds of samples and of true points, and compares all with all.
  init(
    _ source: DataSource, _ model: any Model, _ judgement: QualityStudy.Judgement, seed: UInt64,
    seconds: Double
  ) throws {
    let clouds = judgement.clouds
    let draws = try TrueDraws(of: source, count: judgement.count, seed: seed, from: .heldOut)
    let count = draws.count
    let sampler = model.diffusion == nil ? nil : judgement.sampler
    let plan = try model.plan(SamplingRequest(sampler: sampler, steps: judgement.steps))
    let samples = plan.samples(count: clouds * count, seed: seed)
    func parts(_ cloud: PointCloud) -> [PointCloud] {
      (0..<clouds).map { PointCloud(Array(cloud.points[($0 * count)..<(($0 + 1) * count)])) }
    }
    let ours = parts(samples)
    let truth =
      source.available == nil
      ? try ["truth", "floor"].map {
        parts(try source.sample(count: clouds * count, seed: seed, purpose: NoiseSource.Purpose($0)))
      }
      : [
        try (0..<clouds).map { try draws.reference("truth \($0)", pair: $0) },
        try (0..<clouds).map { try draws.standIn("floor \($0)", pair: $0) },
      ]
    let units = plan.units.isShared ? .identity : plan.units
    let distances = slicedWasserstein(
      (ours + truth[1]).map(units.apply), truth[0].map(units.apply), threads: judgement.threads)
    let found = PairMeans(Array(distances[..<clouds]))
    let floor = PairMeans(Array(distances[clouds...]))
    let accuracies = ThreadTeam.map(min(clouds, judgement.judged), threads: judgement.threads) {
      classifierAccuracy(ours[$0], truth[0][$0], seed: UInt64($0))
    }
    let accuracy = RepeatedMeasure(accuracies)
    dataset = source.name
    (slicedW2, self.floor, ratio) = (found.mean, floor.mean, found.mean / floor.mean)
    // The jackknife: the ratio without cloud r of each kind.
    let without = RepeatedMeasure((0..<clouds).map { found.mean(without: $0) / floor.mean(without: $0) })
    // The rows that clouds of one file share do not average out.
    let shared = 1 + Double(clouds) * draws.overlap / (1 - draws.overlap)
    ratioInterval = without.interval * Double(clouds - 1) * shared.squareRoot()
    (self.count, self.seconds, remark) = (count, seconds, draws.remark)
    (self.accuracy, accuracyInterval) = (accuracy.mean, accuracy.interval)
  }
}

/// The mean of a square matrix of distances, with and without row r and column r.
private struct PairMeans {
  private let rows, columns, diagonal: [Double]
  private let total: Double

  init(_ distances: [[Double]]) {
    rows = distances.map { $0.reduce(0, +) }
    columns = distances.indices.map { j in distances.reduce(0) { $0 + $1[j] } }
    diagonal = distances.indices.map { distances[$0][$0] }
    total = rows.reduce(0, +)
  }

  var mean: Double { total / Double(rows.count * rows.count) }

  func mean(without r: Int) -> Double {
    (total - rows[r] - columns[r] + diagonal[r]) / Double((rows.count - 1) * (rows.count - 1))
  }
}

import DiffusionProcess
import PointClouds

/// One or several numbers of a score card that are computed together.
///
/// A new metric is one constant, here or in its own file, and one line of ``all``.
public struct ScoreMetric: Sendable {
  /// The direction in which a number improves.
  package enum Better: String, Sendable, Hashable, Codable {
    /// Smaller is better.
    case lower
    /// Larger is better.
    case higher
    /// The value of true points is best; both less and more are worse.
    case near
  }

  /// What metrics may know about the true distribution.
  package struct Truth: Sendable {
    /// Independent true draws that the samples and their stand-ins are compared with; repetition `r` uses draw `r`.
    package let references: [PointCloud]
    /// The exact mixture, if it is known.
    package let mixture: GaussianMixture?
  }

  /// The numbers of a cloud (the samples or a stand-in) compared with the reference draw of a repetition.
  package typealias Measure =
    @Sendable (_ cloud: PointCloud, _ reference: PointCloud, _ repetition: Int) -> [Double]

  /// The name of each number, and the direction in which it improves.
  package let names: [(name: String, better: Better)]
  /// The number of pairs of draws for its floor, and of draws that the samples are compared with: more for metrics
  /// that are fast or scatter much.
  package let repetitions: Int
  /// Whether it needs the exact mixture.
  package let needsMixture: Bool
  /// A short remark on the numbers, such as a bandwidth or the size of a subset.
  let note: @Sendable (Truth, _ count: Int) -> String
  let prepare: @Sendable (Truth) -> Measure

  /// A metric with these names.
  /// - Parameter prepare: computes once what depends on the true points only, and returns the measure.
  package init(
    _ names: [(name: String, better: Better)], repetitions: Int, needsMixture: Bool = false,
    note: @escaping @Sendable (Truth, _ count: Int) -> String = { _, _ in "" },
    prepare: @escaping @Sendable (Truth) -> Measure
  ) {
    self.names = names
    self.repetitions = repetitions
    self.needsMixture = needsMixture
    self.note = note
    self.prepare = prepare
  }

  /// A metric of one number that depends on the two clouds only.
  package init(
    _ name: String, _ better: Better, repetitions: Int,
    _ measure: @escaping @Sendable (PointCloud, PointCloud) -> Double
  ) {
    self.init([(name, better)], repetitions: repetitions) { _ in { x, y, _ in [measure(x, y)] } }
  }

  /// The metrics of a short card.
  public static let short: [ScoreMetric] = [.slicedWasserstein, .energyDistance]
  /// The metrics of the whole card. A new metric is one line here.
  public static let all = Registry<ScoreMetric>(
    "metric",
    [
      .slicedWasserstein, .exactWasserstein, .energyDistance, .wideDiscrepancy, .narrowDiscrepancy,
      .chamfer, .classifier, .neighbours, .modes, .likelihood,
    ]
  ) { $0.names[0].name }
}

extension ScoreMetric {
  /// The sliced W₂ distance in 64 directions.
  public static let slicedWasserstein = ScoreMetric("sliced W2", .lower, repetitions: 20) {
    Evaluation.slicedWasserstein($0, $1)
  }

  /// The exact W₂ distance of subsets of 512 points, another one in every repetition, because its cost is cubic.
  package static let exactWasserstein = ScoreMetric(
    [("W2", .lower)], repetitions: 16, note: { "of \(min(512, $1)) points" }
  ) { _ in
    { x, y, repetition in
      let count = min(512, x.count, y.count)
      func part(_ cloud: PointCloud) -> PointCloud {
        PointCloud((0..<count).map { cloud[(repetition * count + $0) % cloud.count] })
      }
      return [wasserstein(part(x), part(y))]
    }
  }

  /// The squared energy distance, as a V-statistic.
  public static let energyDistance = ScoreMetric("energy distance", .lower, repetitions: 5) {
    Evaluation.energyDistance($0, $1)
  }

  /// The biased squared MMD with the median distance of true points as bandwidth.
  package static let wideDiscrepancy = discrepancy("MMD² wide") { medianOfTruth($0) }

  /// The biased squared MMD with the width of the narrowest mode as bandwidth, or a tenth of the median distance if
  /// no mixture is known.
  package static let narrowDiscrepancy = discrepancy("MMD² narrow") { truth in
    truth.mixture?.components.map { ($0.covariance.trace / 2).squareRoot() }.min()
      ?? medianOfTruth(truth) / 10
  }

  private static func discrepancy(
    _ name: String, bandwidth: @escaping @Sendable (Truth) -> Double
  ) -> ScoreMetric {
    ScoreMetric(
      [(name, .lower)], repetitions: 5, note: { truth, _ in "bandwidth \(bandwidth(truth).readable(4))" }
    ) { truth in
      let bandwidth = bandwidth(truth)
      return { x, y, _ in [meanDiscrepancy(x, y, bandwidth: bandwidth)] }
    }
  }

  /// The median distance of 500 true points; 1 if they are all equal.
  private static func medianOfTruth(_ truth: Truth) -> Double {
    let median = truth.references[0].count > 1 ? medianDistance(of: truth.references[0].prefix(500)) : 0
    return median > 0 ? median : 1
  }

  /// The Chamfer distance of KAIST's course.
  package static let chamfer = ScoreMetric("Chamfer", .lower, repetitions: 10) { chamferDistance($0, $1) }

  /// The classifier two-sample test, with another seed in each repetition.
  public static let classifier = ScoreMetric([("C2ST accuracy", .lower)], repetitions: 8) { _ in
    { x, y, repetition in [x.count < 2 ? 0.5 : classifierAccuracy(x, y, seed: UInt64(repetition))] }
  }

  /// Precision, recall, density and coverage with 3 neighbours.
  package static let neighbours = ScoreMetric(
    [("precision", .higher), ("recall", .higher), ("density", .near), ("coverage", .higher)],
    repetitions: 10, note: { _, _ in "3 neighbours" }
  ) { _ in
    { x, y, _ in
      guard min(x.count, y.count) > 3 else { return [0, 0, 0, 0] }
      let scores = NeighbourScores(of: x, truth: y)
      return [scores.precision, scores.recall, scores.density, scores.coverage]
    }
  }

  /// The distribution of samples over the modes of the exact mixture. Masses are compared with those of all true
  /// draws, which differ from the weights if components overlap.
  package static let modes = ScoreMetric(
    [("modes covered", .higher), ("mode mass TV", .lower), ("within 3σ of a mode", .near)],
    repetitions: 20, needsMixture: true,
    note: { truth, _ in "\(truth.mixture?.components.count ?? 0) modes" }
  ) { truth in
    guard let mixture = truth.mixture else { return { _, _, _ in [0, 0, 0] } }
    let masses = ModeStatistics(
      of: PointCloud(truth.references.flatMap(\.points)), mixture
    ).masses
    return { x, _, _ in
      let statistics = ModeStatistics(of: x, mixture)
      return [statistics.coverage, statistics.massError(from: masses), statistics.highQualityFraction]
    }
  }

  /// The negative log-likelihood under the exact mixture minus the entropy, in nats. The entropy is estimated from
  /// all reference draws.
  package static let likelihood = ScoreMetric(
    [("NLL − entropy", .near)], repetitions: 20, needsMixture: true,
    note: { truth, _ in "entropy \(entropy(truth).fixed(4)) nats" }
  ) { truth in
    guard let mixture = truth.mixture else { return { _, _, _ in [0] } }
    let entropy = entropy(truth)
    return { x, _, _ in [negativeLogLikelihood(of: x, under: mixture) - entropy] }
  }

  private static func entropy(_ truth: Truth) -> Double {
    guard let mixture = truth.mixture else { return 0 }
    return negativeLogLikelihood(of: PointCloud(truth.references.flatMap(\.points)), under: mixture)
  }
}

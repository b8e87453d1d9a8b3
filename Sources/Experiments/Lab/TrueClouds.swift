import Evaluation
import PointClouds

/// True points that samples of a model are compared with by the sliced W₂ distance, and the noise floor: their
/// distance from other true points. All distances are in standard units.
public struct TrueClouds: Sendable {
  /// The default number of clouds.
  public static let defaultRepetitions = 3

  /// The clouds, in standard units. Those of a distribution are independent of each other and of the training points,
  /// those of a file are chosen among the held-out rows.
  package let clouds: [PointCloud]
  /// The mean distance between two true clouds, which a perfect sampler would have.
  package let floor: Double
  /// The number of points in each cloud: as many as were asked for, or as many as a file allows.
  package let count: Int
  /// A remark about the true points for the reader; `nil` for a distribution.
  package let remark: String?
  private let standardization: Standardization
  private let draws: TrueDraws

  /// Draws `repetitions` clouds of `count` points, and as many others for the floor.
  /// - Throws: ``DataSourceError`` where the source cannot give enough points.
  /// - Complexity: repetitions² distances.
  package init(
    of source: DataSource, in standardization: Standardization, count: Int,
    repetitions: Int = defaultRepetitions,
    seed: UInt64
  ) throws(DataSourceError) {
    precondition(repetitions > 0 && count > 1, "\(repetitions) clouds of \(count) points")
    let draws = try TrueDraws(of: source, count: count, seed: seed, from: .heldOut)
    var others: [PointCloud] = []
    var truths: [PointCloud] = []
    for r in 0..<repetitions {
      others.append(standardization.apply(try draws.standIn("floor \(r)", pair: r)))
      truths.append(standardization.apply(try draws.reference("truth \(r)", pair: r)))
    }
    // The clouds of a pair share no point.
    floor = truths.flatMap { one in others.map { slicedWasserstein(one, $0) } }.mean
    clouds = truths
    (self.standardization, self.draws) = (standardization, draws)
    self.count = draws.count
    remark = draws.remark
  }

  /// The distance of samples, in the units of the data, from cloud `r`. If there are more samples than the cloud has
  /// points, it is that of a random choice of them.
  package func distance(of samples: PointCloud, from r: Int) -> Double {
    slicedWasserstein(standardization.apply(draws.matching(samples)), clouds[r])
  }

  /// The mean distance of samples, in the units of the data, from the clouds, as a multiple of the floor.
  package func ratio(of samples: PointCloud) -> Double {
    clouds.indices.map { distance(of: samples, from: $0) }.mean / floor
  }
}

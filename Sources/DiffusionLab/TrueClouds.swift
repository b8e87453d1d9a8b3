import Evaluation
import PointClouds

/// True points that samples of a model are compared with by the sliced W₂ distance, and its noise floor: how far
/// they are from other true points. All distances are in standard units.
public struct TrueClouds: Sendable {
  /// How many clouds there are where nobody says another number.
  public static let usualRepetitions = 3

  /// The clouds, in standard units; independent of each other and of the training points.
  public let clouds: [PointCloud]
  /// The mean distance between two true clouds: what a perfect sampler would have.
  public let floor: Double
  private let standardization: Standardization

  /// Draws the clouds, and as many others for the floor.
  /// - Parameters:
  ///   - source: the data of the model.
  ///   - count: points in each cloud.
  ///   - repetitions: how many clouds.
  /// - Throws: ``DataSourceError`` where the source cannot give enough points.
  /// - Complexity: repetitions² distances.
  public init(
    of source: DataSource, for model: ReverseModel, count: Int, repetitions: Int = usualRepetitions,
    seed: UInt64
  ) throws(DataSourceError) {
    precondition(repetitions > 0 && count > 1, "\(repetitions) clouds of \(count) points")
    let standardization = model.standardization
    func draw(_ kind: String) throws(DataSourceError) -> [PointCloud] {
      var clouds: [PointCloud] = []
      for r in 0..<repetitions {
        let purpose = NoiseSource.Purpose("\(kind) \(r)")
        clouds.append(
          standardization.apply(try source.sample(count: count, seed: seed, purpose: purpose)))
      }
      return clouds
    }
    let others = try draw("floor")
    clouds = try draw("truth")
    // Every pair but a cloud with itself: all of them are independent draws.
    let pairs = clouds.flatMap { one in others.map { slicedWasserstein(one, $0) } }
    floor = pairs.reduce(0, +) / Double(pairs.count)
    self.standardization = standardization
  }

  /// The distance of samples, in the units of the data, from cloud `r`.
  public func distance(of samples: PointCloud, from r: Int) -> Double {
    slicedWasserstein(standardization.apply(samples), clouds[r])
  }

  /// The mean distance of samples, in the units of the data, from the clouds, as a multiple of the floor.
  public func ratio(of samples: PointCloud) -> Double {
    let distances = clouds.indices.map { distance(of: samples, from: $0) }
    return distances.reduce(0, +) / Double(distances.count) / floor
  }
}

import DiffusionProcess
import PointClouds

/// A recorded reverse chain: the cloud at every noise level that it visited.
public struct Trajectory: Sendable {
  /// The visited levels, from noise to data.
  public private(set) var levels: [NoiseLevel]
  /// The time of each level in 0...1, from 1 down to 0.
  public private(set) var times: [Double]
  /// The cloud at each level; particle `i` is point `i` of every one.
  public private(set) var clouds: [PointCloud]

  /// A chain with only its start.
  package init(start: PointCloud, level: NoiseLevel, time: Double) {
    (levels, times, clouds) = ([level], [time], [start])
  }

  /// Appends the cloud at which a step arrived.
  package mutating func append(_ cloud: PointCloud, level: NoiseLevel, time: Double) {
    precondition(cloud.count == clouds[0].count, "\(cloud.count) points after \(clouds[0].count)")
    precondition(time < times[times.count - 1], "time \(time) does not come after \(times[times.count - 1])")
    levels.append(level)
    times.append(time)
    clouds.append(cloud)
  }

  /// The chain with every cloud changed by `transform`, into other units for example.
  package func map(_ transform: (PointCloud, NoiseLevel) -> PointCloud) -> Trajectory {
    var result = self
    result.clouds = zip(clouds, levels).map(transform)
    return result
  }

  /// The number of clouds, one more than the steps.
  public var count: Int { clouds.count }

  /// The samples: the cloud at the last level.
  public var samples: PointCloud { clouds[clouds.count - 1] }

  /// The path of one particle, from noise to data.
  public func path(of particle: Int) -> [SIMD2<Double>] {
    clouds.map { $0[particle] }
  }
}

import DiffusionProcess
import PointClouds

/// The levels that a reverse chain visits, from noise to data.
public struct TimeGrid: Sendable, Hashable {
  /// Times in 0...1, decreasing; the last is 0.
  public let times: [Double]
  /// The level at each time.
  public let levels: [NoiseLevel]
  /// The standard deviation, a coordinate, of the prior at the first level.
  public let priorDeviation: Double

  /// `steps` steps through a chain: t_i = round(T (N − i) / N), i = 0...N.
  /// - Precondition: `steps` is in 1...T, so that no level is visited twice.
  public init(_ schedule: DiscreteSchedule, steps: Int) {
    self.init(schedule, visiting: schedule.visits(steps: steps))
  }

  /// The chain's steps `visited`, in this order.
  /// - Precondition: they decrease from at most T to 0.
  public init(_ schedule: DiscreteSchedule, visiting visited: [Int]) {
    precondition(
      visited.last == 0 && zip(visited, visited.dropFirst()).allSatisfy(>),
      "a reverse chain visits decreasing steps that end at 0, not \(visited)")
    times = visited.map { Double($0) / Double(schedule.steps) }
    levels = visited.map { schedule.level(step: $0) }
    priorDeviation = schedule.priorDeviation
  }

  /// The number of steps.
  public var steps: Int { levels.count - 1 }

  /// `count` points of the prior, where chains along this grid start.
  public func start(count: Int, noise: NoiseSource) -> PointCloud {
    noise.normalCloud(count: count).map { $0 * priorDeviation }
  }
}

import DiffusionProcess
import PointClouds

/// The levels that a reverse chain visits, from noise to data.
public struct TimeGrid: Sendable, Hashable {
  /// Decreasing times in 0...1: those of ``process`` if there is one, otherwise places in a list of levels.
  public let times: [Double]
  /// The level at each time.
  public let levels: [NoiseLevel]
  /// The standard deviation per coordinate of the prior at the first level.
  public let priorStandardDeviation: Double
  private let source: CarriedProcess
  /// The continuous process that has these levels at ``times``; `nil` for a plain list of levels, along which no
  /// sampler can step in time.
  public var process: (any ContinuousProcess)? { source.process }

  /// `steps` steps through a chain: t_i = round(T (N − i) / N), i = 0...N.
  /// - Precondition: `steps` is in 1...T, so that no level is visited twice.
  public init(_ schedule: DiscreteSchedule, steps: Int) {
    self.init(schedule, visiting: schedule.visits(steps: steps))
  }

  /// The levels of the chain at the steps `visited`, in this order.
  /// - Precondition: they decrease from at most T to 0.
  public init(_ schedule: DiscreteSchedule, visiting visited: [Int]) {
    precondition(
      visited.last == 0 && zip(visited, visited.dropFirst()).allSatisfy(>),
      "a reverse chain visits decreasing steps that end at 0, not \(visited)")
    times = visited.map { Double($0) / Double(schedule.steps) }
    levels = visited.map { schedule.level(step: $0) }
    priorStandardDeviation = schedule.priorStandardDeviation
    source = CarriedProcess(schedule.process)
  }

  /// The process's levels at these times, evenly spaced or not.
  /// - Precondition: the times decrease within 0...1, and there are at least two.
  public init(_ process: some ContinuousProcess, times: [Double]) {
    precondition(
      times.count >= 2 && times[0] <= 1 && times[times.count - 1] >= 0
        && zip(times, times.dropFirst()).allSatisfy(>),
      "a reverse chain visits decreasing times within 0...1, not \(times)")
    self.times = times
    levels = times.map { process.level(at: $0) }
    priorStandardDeviation = process.priorStandardDeviation
    source = CarriedProcess(process)
  }

  /// `steps` steps of equal length in time, from 1 down to `end`.
  public init(_ process: some ContinuousProcess, steps: Int, end: Double) {
    precondition(steps >= 1 && (0..<1).contains(end), "\(steps) steps from time 1 to \(end)")
    self.init(process, times: (0...steps).map { 1 + Double($0) / Double(steps) * (end - 1) })
  }

  /// `steps` steps of the VP process, evenly spaced in λ = log(a/s) from `low`, its λ at time 1, to `high`; the last
  /// step goes from there to the data.
  init(_ process: VariancePreserving, steps: Int, fromLambda low: Double, to high: Double) {
    let times = (0..<steps).map { i in
      i == 0 ? 1 : process.time(halfLogSNR: low + Double(i) / Double(steps - 1) * (high - low))
    }
    self.init(process, times: times + [0])
  }

  /// The variance-exploding levels of these noise-to-signal ratios: signal 1 and noise σ.
  /// - Parameter sigmas: decreasing, such as those of `SigmaGrid`; a chain that ends at the data ends with 0.
  /// - Precondition: there are at least two, and they decrease to no less than 0.
  public init(sigmas: [Double]) {
    precondition(
      sigmas.count >= 2 && sigmas[sigmas.count - 1] >= 0 && zip(sigmas, sigmas.dropFirst()).allSatisfy(>),
      "a reverse chain visits decreasing ratios down to 0, not \(sigmas)")
    times = sigmas.indices.map { 1 - Double($0) / Double(sigmas.count - 1) }
    levels = sigmas.map { NoiseLevel(signal: 1, noise: $0) }
    priorStandardDeviation = sigmas[0]
    source = CarriedProcess(nil)
  }

  /// The number of steps.
  public var steps: Int { levels.count - 1 }

  /// The last level with noise, from which the last step goes to the data.
  package var lastNoisyLevel: NoiseLevel { levels.last { $0.noise > 0 } ?? levels[0] }

  /// `count` points of the prior, where chains along this grid start.
  public func start(count: Int, noise: NoiseSource) -> PointCloud {
    noise.normalCloud(count: count).map { $0 * priorStandardDeviation }
  }
}

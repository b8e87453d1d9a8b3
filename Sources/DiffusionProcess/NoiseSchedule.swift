/// A path from data to noise: a noise level for every time.
///
/// Time 0 is data and time 1 is noise, in every process.
public protocol NoiseSchedule: Sendable {
  /// The name by which the command line and checkpoints know the schedule.
  var name: String { get }
  /// The noise level at a time in 0...1.
  func level(at time: Double) -> NoiseLevel
  /// The standard deviation per coordinate of the prior, from which reverse chains start.
  var priorStandardDeviation: Double { get }
}

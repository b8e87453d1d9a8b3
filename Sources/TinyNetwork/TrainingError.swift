import PointClouds

/// Why training could not start or go on, with what to do about it.
public enum TrainingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A value of the recipe that cannot be trained with.
  case recipe(problem: String)
  /// Points that nothing can be learned from.
  case data(problem: String)
  /// A model that training cannot go on from.
  case resume(problem: String)
  /// A loss that is no longer a finite number. The model before it stays available.
  case diverged(step: Int)

  /// What was wrong, and what to do.
  public var description: String {
    switch self {
    case .recipe(let problem): "the recipe cannot be trained: \(problem)"
    case .data(let problem): "the points cannot be trained on: \(problem)"
    case .resume(let problem): "training cannot go on: \(problem)"
    case .diverged(let step):
      "the loss is no longer finite at step \(step); lower the learning rate or the gradient's largest norm"
    }
  }
}

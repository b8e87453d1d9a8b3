import PointClouds

/// How a training step changes the weights: a name of the registry, the values that suit it, and its rule.
///
/// A new one is one file and one line of `all`. Its rule is a few lines of arithmetic, handed to
/// `ParameterRows/update(_:rule:)`, unless it has a kernel of its own as ``adamW`` has.
public struct Optimizer: Named, Hashable {
  /// A number that the optimizer keeps for every weight from step to step; it starts at 0.
  package struct Moment: Sendable, Hashable {
    /// The name in checkpoints of unfinished trainings.
    package let name: String
    /// The share of it that a step keeps.
    package let decay: Double
    /// Whether it is a mean of squares, which is never negative.
    package var isSquare = false
  }

  /// The name on the command line and in checkpoints.
  public let name: String
  /// One line on what it is, with its source.
  package let summary: String
  /// The default learning rate, which works on the lab's sets.
  package let learningRate: Double
  /// The default of the decoupled weight decay.
  package let weightDecay: Double
  /// What it keeps for every weight, at most four numbers.
  package let moments: [Moment]
  /// Changes the weights and the moments by one step, and then the average of the weights.
  let update: @Sendable (ParameterRows, OptimizerStep) -> Void

  /// An optimizer.
  init(
    _ name: String, _ summary: String, learningRate: Double, weightDecay: Double = 0, moments: [Moment],
    update: @escaping @Sendable (ParameterRows, OptimizerStep) -> Void
  ) {
    precondition(moments.count <= OptimizerStep.mostMoments, "\(moments.count) moments of \(name)")
    self.name = name
    self.summary = summary
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.moments = moments
    self.update = update
  }

  /// The optimizers that a name can ask for, the default first.
  package static let all = Registry<Optimizer>(
    "optimizer",
    [
      .adamW,
      .adam,
      .sgd, .sgdNesterov,
    ])

  public static func == (a: Optimizer, b: Optimizer) -> Bool { a.name == b.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

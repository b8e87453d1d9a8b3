import DiffusionProcess

/// One example of a batch, before it is made noisy: x_t = a·x₀ + s·ε.
public struct TrainingExample: Sendable {
  /// The standardized point x₀.
  public let clean: SIMD2<Float>
  /// Its noise ε.
  public let noise: SIMD2<Float>
  /// The position of its noise level in ``TrainingObjective/levels``.
  public let level: Int
}

/// What a network is trained for: the noise levels it sees, and a loss with its gradient by the outputs.
///
/// A new loss is one type with this conformance. Everything that depends on the level alone belongs in a
/// table made once.
public protocol TrainingObjective: Sendable {
  /// The name by which checkpoints know the objective.
  var name: String { get }
  /// The levels that training draws from, all equally often. Another law of levels is a table of its
  /// quantiles.
  var levels: [NoiseLevel] { get }
  /// How many numbers the network says a point.
  var outputs: Int { get }
  /// The loss of one example. Writes the gradient by the outputs, one number an output.
  ///
  /// Called from several threads, some hundred thousand times a second.
  func loss(of output: Span<Float>, for example: TrainingExample, gradient: inout MutableSpan<Float>) -> Float
}

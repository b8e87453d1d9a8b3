import DiffusionProcess

/// One example of a batch, before it is made noisy.
package struct TrainingExample: Sendable {
  /// The point x₀: standardized, or in units of its box.
  package let clean: SIMD2<Float>
  /// Its noise ε.
  package let noise: SIMD2<Float>
  /// The position of its noise level in ``TrainingObjective/levels``.
  package let level: Int

  /// An example of this point, noise and level.
  package init(clean: SIMD2<Float>, noise: SIMD2<Float>, level: Int) {
    self.clean = clean
    self.noise = noise
    self.level = level
  }
}

/// Which noise goes with which point of a batch.
package enum NoiseCoupling: Sendable, Hashable {
  /// Any noise with any point.
  case independent
  /// The pairing, within groups of 48 examples, with the smallest sum of ‖x₀ − ε‖².
  ///
  /// Minibatch optimal transport; Tong et al. 2024 (arXiv:2302.00482), Pooladian et al. 2023
  /// (arXiv:2304.14772). Points and noise keep their laws; together they are no longer independent.
  case optimalTransport
}

/// How a point of a batch is made noisy, and what the network's inputs are.
package enum Corruption: Sendable, Hashable {
  /// x_t = a·x₀ + s·ε, read divided by √(a² + s²).
  case gaussian
  /// R(x₀ + σ·ε) in the unit box, read as ``ReflectedNetwork`` does.  Equations (7.25)
  case reflected
}

/// What a network is trained for: the noise levels it sees, and a loss with its gradient by the outputs.
///
/// A new loss is one type with this conformance, or one ``TrainingLoss`` of ``WeightedObjective``. Everything
/// that depends on the level alone belongs in a table made once.
package protocol TrainingObjective: Sendable {
  /// The name by which checkpoints know the objective.
  var name: String { get }
  /// The levels that training draws from, all equally often. Another law of levels is a table of its
  /// quantiles.
  var levels: [NoiseLevel] { get }
  /// Outputs of the network per point.
  var outputs: Int { get }
  /// Which noise goes with which point.
  var coupling: NoiseCoupling { get }
  /// How points are made noisy.
  var corruption: Corruption { get }
  /// How many times larger gradients are than those of the simple loss. The recipe's limit on them is
  /// multiplied by it; the learning rate needs no change, because Adam's steps do not depend on it and gradient
  /// descent divides by it.
  var gradientScale: Double { get }
  /// The loss of one example. Writes the gradient by the outputs, one number per output.
  ///
  /// Called from several threads, some hundred thousand times per second.
  func loss(of output: Span<Float>, for example: TrainingExample, gradient: inout MutableSpan<Float>) -> Float
}

extension TrainingObjective {
  /// Independent noise.
  package var coupling: NoiseCoupling { .independent }
  /// Gaussian noise.
  package var corruption: Corruption { .gaussian }
  /// 1: the size of the simple loss's gradients.
  package var gradientScale: Double { 1 }
}

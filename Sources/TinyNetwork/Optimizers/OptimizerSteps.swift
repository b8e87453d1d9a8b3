/// What one step of training hands to the optimizer.
struct OptimizerStep {
  /// The most moments that an optimizer can have.
  static let mostMoments = 4

  /// The learning rate of this step.
  var rate: Double
  /// Decoupled weight decay per unit of learning rate; 0 for biases.
  var weightDecay = 0.0
  /// 1 − the decay of the moving average of the weights.
  var averageRate: Float
  /// The decay of each moment to the power of the number of steps done, this one included.
  var powers = SIMD4<Double>.zero
  /// What clipping multiplies the gradient by.
  var gradientScale: Float = 1
  /// How many times larger gradients are than those of the simple loss: ``TrainingObjective/gradientScale``.
  var lossScale = 1.0

  /// What decay multiplies the weights by.
  var shrink: Float { Float(1 - rate * weightDecay) }
}

/// The optimizer's steps by a recipe, one after another.
struct OptimizerSteps {
  private let recipe: TrainingRecipe
  /// The power of each moment's decay, as a running product: no `pow`, whose bits differ.
  var powers: [Double]

  init(_ recipe: TrainingRecipe) {
    self.recipe = recipe
    powers = recipe.optimizer.moments.map { _ in 1 }
  }

  /// Step number `step`, counted from 0.
  /// - Precondition: it is the one after that of the call before.
  mutating func next(step: Int) -> OptimizerStep {
    var next = OptimizerStep(
      rate: recipe.learningRate(step: step), weightDecay: recipe.weightDecay,
      averageRate: Float(1 - recipe.emaDecay(step: step)))
    for (i, moment) in recipe.optimizer.moments.enumerated() {
      powers[i] *= moment.decay
      next.powers[i] = powers[i]
    }
    return next
  }
}

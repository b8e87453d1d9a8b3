import CTileKernels

/// The scalars of the optimizer's steps, one after another.
struct OptimizerScalars {
  private let recipe: TrainingRecipe
  /// β₁ᵗ and β₂ᵗ as running products: no `pow`, whose bits differ.
  var firstMomentPower = 1.0
  var secondMomentPower = 1.0

  private static let firstMomentDecay = 0.9
  private static let secondMomentDecay = 0.999

  init(_ recipe: TrainingRecipe) { self.recipe = recipe }

  /// The scalars of step `step`, counted from 0.
  /// - Precondition: it is the one after that of the call before.
  mutating func next(step: Int) -> ctk_adamw_step {
    firstMomentPower *= Self.firstMomentDecay
    secondMomentPower *= Self.secondMomentDecay
    let rate = recipe.learningRate(step: step)
    return ctk_adamw_step(
      gradient_scale: 1, first_moment_rate: Float(1 - Self.firstMomentDecay),
      second_moment_rate: Float(1 - Self.secondMomentDecay), rate: Float(rate / (1 - firstMomentPower)),
      second_moment_scale: Float(1 / (1 - secondMomentPower).squareRoot()), epsilon: 1e-8,
      shrink: Float(1 - rate * recipe.weightDecay), average_rate: Float(1 - recipe.emaDecay(step: step)))
  }
}

import DiffusionProcess

extension NamedRecipe {
  /// The textbook: what Ho et al. did on CIFAR-10, with the network and the number of steps of this lab.
  ///
  /// Ho, Jain and Abbeel 2020 (arXiv:2006.11239), section 4 and appendix B; warm-up and clipping are those of
  /// their program. For pictures it ran 800,000 steps; in 20,000 the slow rate and the long average leave a
  /// toy set blurred, which is the lesson.
  public static let ddpm = NamedRecipe("ddpm", "the textbook, Ho et al. 2020", recipe: textbook)

  private static let textbook: TrainingRecipe = {
    var recipe = TrainingRecipe()
    recipe.steps = 20_000
    recipe.schedule = .linear(steps: 1000)  // β from 1e-4 to 0.02
    recipe.prediction = .epsilon
    recipe.variance = .transition  // σ² = β, one of the two that they try
    recipe.loss = .simple
    recipe.batch = 128
    recipe.learningRate = 2e-4
    recipe.decay = .constant
    recipe.warmup = 5000
    recipe.weightDecay = 0  // Adam, not AdamW
    recipe.clip = 1
    recipe.emaDecay = 0.9999
    recipe.fourierFeatures = 0
    return recipe
  }()
}

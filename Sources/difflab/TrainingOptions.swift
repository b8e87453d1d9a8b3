import ArgumentParser
import DiffusionLab

/// What a user can say about training.
struct TrainingOptions: ParsableArguments {
  @Option(help: "Steps of the optimizer.")
  var steps = TrainingRecipe().steps

  @Option(help: "Examples a step.")
  var batch = TrainingRecipe().batch

  @Option(help: "Width and number of the hidden layers, as WIDTHxBLOCKS.")
  var hidden = TrainingRecipe().architecture.hidden

  @Option(
    help:
      "The noise schedule: \(DiscreteSchedule.registry.map(\.name).joined(separator: ", ")). (default: \(TrainingRecipe().schedule.name), or what the loss needs)"
  )
  var schedule: String?

  @Option(help: "T, the steps of the forward chain.")
  var timesteps = TrainingRecipe().schedule.steps

  @Option(
    help:
      "What the network says: \(Prediction.allCases.map(\.rawValue).joined(separator: ", ")). (default: \(TrainingRecipe().prediction.rawValue), or what the loss needs)"
  )
  var predict: String?

  @Option(
    help:
      "The variance of the reverse steps: transition (beta) and posterior (beta tilde) are fixed, \(ModelVariance.learned.map(\.rawValue).joined(separator: ", ")) are learned by the losses vlb and hybrid."
  )
  var variance = TrainingRecipe().variance.rawValue

  @Option(
    help: "What training minimizes: \(TrainingLoss.registry.map(\.name).joined(separator: ", ")).")
  var loss = TrainingRecipe().loss.name

  @Option(help: "The learning rate after the warm-up.")
  var learningRate = TrainingRecipe().learningRate

  @Option(help: "Octaves of Fourier features of the point; 0 for none.")
  var fourier = TrainingRecipe().fourierFeatures

  @Option(help: "Decay of the moving average of the weights, which is what samples.")
  var ema = TrainingRecipe().emaDecay

  @Option(help: "How many points of the data set to train on.")
  var points = 40_000

  func validate() throws {
    try check(points, "--points", in: 2...DataSource.largestCount)
    if let problem = try recipe(seed: 0, threads: 0).problem { throw ValidationError(problem + ".") }
  }

  /// The recipe that the options ask for.
  /// - Throws: a usage error that names the option.
  func recipe(seed: UInt64, threads: Int) throws -> TrainingRecipe {
    guard let hidden = NetworkArchitecture.parse(hidden: hidden) else {
      throw ValidationError("--hidden \(self.hidden): give WIDTHxBLOCKS, such as 128x3.")
    }
    guard let loss = TrainingLoss.named(self.loss) else {
      throw unknown(self.loss, "--loss", among: TrainingLoss.registry.map(\.name))
    }
    var recipe = TrainingRecipe()
    recipe.loss = loss
    guard let variance = ModelVariance(rawValue: variance) else {
      throw unknown(self.variance, "--variance", among: ModelVariance.allCases.map(\.rawValue))
    }
    recipe.variance = variance
    recipe.prediction = loss.needs.prediction ?? recipe.prediction
    if let predict {
      guard let prediction = Prediction(rawValue: predict) else {
        throw unknown(predict, "--predict", among: Prediction.allCases.map(\.rawValue))
      }
      recipe.prediction = prediction
    }
    recipe.steps = steps
    recipe.batch = batch
    recipe.width = hidden.width
    recipe.blocks = hidden.blocks
    if loss.corruption == .reflected, schedule != nil {
      throw ValidationError(
        "--schedule: the loss \(loss.name) has a process of its own, with σ from 0.01 to 1.5 of the box.")
    }
    recipe.schedule = try namedSchedule(
      schedule ?? loss.needs.schedule ?? recipe.schedule.name, steps: timesteps)
    recipe.learningRate = learningRate
    recipe.fourierFeatures = fourier
    recipe.emaDecay = ema
    recipe.warmup = min(recipe.warmup, steps)
    recipe.seed = seed
    recipe.threads = threads
    return recipe
  }

  /// Refuses losses that give no denoiser of Gaussian noise, for commands that need one.
  /// - Throws: a usage error with what goes.
  func requireGaussianNoise(_ command: String) throws {
    guard TrainingLoss.named(loss)?.corruption == .reflected else { return }
    throw ValidationError(
      "--loss \(loss): \(command) shows chains of Gaussian noise, and this loss trains one between walls; take "
        + "train, sample, draw and animate.")
  }
}

/// The schedule that a user named.
/// - Throws: a usage error with the nearest name.
func namedSchedule(_ name: String, steps: Int) throws -> DiscreteSchedule {
  try check(steps, "--timesteps", in: 1...100_000)
  guard let schedule = DiscreteSchedule.named(name, steps: steps) else {
    throw unknown(name, "--schedule", among: DiscreteSchedule.registry.map(\.name))
  }
  return schedule
}

/// A usage error for a name that is not in a list.
func unknown(_ name: String, _ option: String, among names: [String]) -> ValidationError {
  let guess = NearestName.of(name, in: names).map { " Did you mean \($0)?" } ?? ""
  return ValidationError("\(option) \(name) is unknown.\(guess) Known are \(names.joined(separator: ", ")).")
}

import ArgumentParser
import DiffusionLab

/// The options of training. Those that are left out are as in the recipe.
struct TrainingOptions: ParsableArguments {
  @Option(
    name: .customLong("recipe"),
    help:
      "The recipe that the other options change: \(NamedRecipe.all.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ")). (default: \(NamedRecipe.lab.name))",
    completion: .list(NamedRecipe.all.names), transform: NamedRecipe.all.find)
  var base: NamedRecipe?

  @Option(help: "Steps of the optimizer. (default: \(TrainingRecipe().steps))")
  var steps: Int?

  @Option(
    help:
      "Seconds of training: as many steps as fit, found by timing the first ones. The checkpoint records the number, so that --steps remakes it."
  )
  var seconds: Double?

  @Option(help: "Examples per step. (default: \(TrainingRecipe().batch))")
  var batch: Int?

  @Option(
    help:
      "Width and number of the hidden layers, as WIDTHxBLOCKS. (default: \(TrainingRecipe().architecture.hidden))",
    transform: HiddenLayers.init)
  var hidden: HiddenLayers?

  @Option(
    help:
      "The noise schedule: \(DiscreteSchedule.all.list). (default: \(TrainingRecipe().schedule.name), or the one that the loss needs)",
    completion: .list(DiscreteSchedule.all.names), transform: DiscreteSchedule.all.find)
  var schedule: ScheduleKind?

  @Option(help: "T, the steps of the forward chain. (default: \(TrainingRecipe().schedule.steps))")
  var timesteps: Int?

  @Option(
    help:
      "What the network predicts: \(Prediction.all.list). (default: \(TrainingRecipe().prediction.rawValue), or the one that the loss needs)",
    completion: .list(Prediction.all.names), transform: Prediction.all.find)
  var predict: Prediction?

  @Option(
    help:
      "The variance of the reverse steps: transition (beta) and posterior (beta tilde) are fixed; interpolated, diagonal and full are learned by the losses \(TrainingLoss.ofVariances.map(\.name).joined(separator: " and ")), moments by \(TrainingLoss.ofMoments.map(\.name).joined(separator: " and ")). (default: \(TrainingRecipe().variance.rawValue), or the one that the loss needs)",
    completion: .list(Self.variances.names), transform: Self.variances.find)
  var variance: ReverseVariance?

  /// The variances that a network can be trained for.
  private static let variances = Registry("trainable variance", ReverseVariance.trainable) { $0.rawValue }

  @Option(
    help: "What training minimizes: \(TrainingLoss.all.list). (default: \(TrainingRecipe().loss.name))",
    completion: .list(TrainingLoss.all.names), transform: TrainingLoss.all.find)
  var loss: TrainingLoss?

  @Option(
    help:
      "How a step changes the weights: \(Optimizer.all.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ")). (default: \(TrainingRecipe().optimizer.name))",
    completion: .list(Optimizer.all.names), transform: Optimizer.all.find)
  var optimizer: Optimizer?

  @Option(
    help:
      "The learning rate after the warm-up. (default: that of the optimizer, \(Optimizer.all.map { "\($0.learningRate) for \($0.name)" }.joined(separator: ", ")))"
  )
  var learningRate: Double?

  @Option(
    help:
      "Octaves of Fourier features of the point; 0 for none. (default: \(TrainingRecipe().fourierFeatures))"
  )
  var fourier: Int?

  @Option(
    help: "Decay of the moving average of the weights, which samples. (default: \(TrainingRecipe().emaDecay))"
  )
  var ema: Double?

  @Option(
    help:
      "Points to train on: draws of a distribution, or at most so many rows of a file, none twice. (default: \(DataSource.defaultTrainingCount); of a file all rows but the tenth that is held out)"
  )
  var points: Int?

  func validate() throws {
    try check(points, "--points", in: 2...DataSource.largestCount)
    try check(timesteps, "--timesteps", in: 1...100_000)
    try check(seconds, "--seconds", in: 0.1...1e6)
    if seconds != nil && steps != nil {
      throw ValidationError("--seconds finds the number of steps; leave --steps out.")
    }
    if let problem = try recipe(seed: 0, threads: 0).problem { throw ValidationError(problem + ".") }
  }

  /// The recipe that the options ask for.
  /// - Throws: a usage error that names the option.
  func recipe(seed: UInt64, threads: Int) throws -> TrainingRecipe {
    var recipe = (base ?? .lab).recipe
    recipe.seed = seed
    recipe.threads = threads
    try apply(to: &recipe)
    return recipe
  }

  /// Changes a recipe to what the options ask for.
  /// - Throws: a usage error that names the option.
  func apply(to recipe: inout TrainingRecipe) throws {
    if let loss {
      recipe.loss = loss
      recipe.prediction = loss.needs.prediction ?? recipe.prediction
      recipe.variance = loss.needs.onlyVariance ?? recipe.variance
    }
    recipe.variance = variance ?? recipe.variance
    recipe.prediction = predict ?? recipe.prediction
    recipe.width = hidden?.width ?? recipe.width
    recipe.blocks = hidden?.blocks ?? recipe.blocks
    if recipe.loss.corruption == .reflected, schedule != nil || timesteps != nil {
      let process = ReflectedDiffusion()
      throw ValidationError(
        "\(schedule == nil ? "--timesteps" : "--schedule"): the loss \(recipe.loss.name) has a process of its own, "
          + "with σ from \(process.sigmaMin) to \(process.sigmaMax) of the box.")
    }
    let needed = loss == nil ? nil : recipe.loss.needs.schedule
    if schedule != nil || needed != nil || timesteps != nil {
      let kind = try schedule ?? DiscreteSchedule.all.find(needed ?? recipe.schedule.name)
      recipe.schedule = kind.make(timesteps ?? recipe.schedule.steps)
    }
    if let steps {
      recipe.steps = steps
      recipe.warmup = min(recipe.warmup, steps)
    }
    recipe.batch = batch ?? recipe.batch
    if let optimizer { recipe.use(optimizer) }
    recipe.learningRate = learningRate ?? recipe.learningRate
    recipe.fourierFeatures = fourier ?? recipe.fourierFeatures
    recipe.emaDecay = ema ?? recipe.emaDecay
  }

  /// Refuses losses that give no denoiser of Gaussian noise, for commands that need one.
  /// - Throws: a usage error with what goes.
  func requireGaussianNoise(_ command: String) throws {
    guard let loss, loss.corruption == .reflected else { return }
    throw ValidationError(
      "--loss \(loss.name): \(command) shows chains of Gaussian noise, and this loss trains one between walls; take "
        + "train, sample, draw and animate.")
  }
}

extension TrainingOptions {
  /// Refuses losses that leave no score, for commands whose figures need one.
  /// - Throws: a usage error with what goes.
  func requireScore(_ command: String) throws {
    try requireGaussianNoise(command)
    guard let loss, loss.coupling == .optimalTransport else { return }
    throw ValidationError(
      "--loss \(loss.name): \(command) shows scores and samplers that need them, and this loss trains the velocity of a "
        + "flow that has none; take the loss cfm, or train, sample and lab.")
  }

  /// Refuses options that a command decides itself.
  /// - Throws: a usage error that names the option.
  func requireSteps(_ command: String) throws {
    if seconds != nil {
      throw ValidationError(
        "--seconds: \(command) trains everything for equally many steps; give them by --steps.")
    }
    if points != nil {
      throw ValidationError(
        "--points: \(command) always trains on \(DataSource.defaultTrainingCount) points, or on all rows of a file; leave it out."
      )
    }
  }
}

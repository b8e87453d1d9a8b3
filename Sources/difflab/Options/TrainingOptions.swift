import ArgumentParser
import DiffusionLab

/// What a user can say about training. What is not said is as in the recipe.
struct TrainingOptions: ParsableArguments {
  @Option(
    name: .customLong("recipe"),
    help:
      "The recipe that the other options change: \(NamedRecipe.registry.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ")). (default: \(NamedRecipe.lab.name))"
  )
  var recipeName: String?

  @Option(help: "Steps of the optimizer. (default: \(TrainingRecipe().steps))")
  var steps: Int?

  @Option(
    help:
      "Seconds that training may take: the steps that fit are found by timing the first ones, and the checkpoint records how many they are, so that --steps remakes it."
  )
  var seconds: Double?

  @Option(help: "Examples a step. (default: \(TrainingRecipe().batch))")
  var batch: Int?

  @Option(
    help:
      "Width and number of the hidden layers, as WIDTHxBLOCKS. (default: \(TrainingRecipe().architecture.hidden))"
  )
  var hidden: String?

  @Option(
    help:
      "The noise schedule: \(DiscreteSchedule.registry.map(\.name).joined(separator: ", ")). (default: \(TrainingRecipe().schedule.name), or what the loss needs)"
  )
  var schedule: String?

  @Option(help: "T, the steps of the forward chain. (default: \(TrainingRecipe().schedule.steps))")
  var timesteps: Int?

  @Option(
    help:
      "What the network says: \(Prediction.allCases.map(\.rawValue).joined(separator: ", ")). (default: \(TrainingRecipe().prediction.rawValue), or what the loss needs)"
  )
  var predict: String?

  @Option(
    help:
      "The variance of the reverse steps: transition (beta) and posterior (beta tilde) are fixed; interpolated, diagonal and full are learned by the losses \(TrainingLoss.ofVariances.map(\.name).joined(separator: " and ")), moments by \(TrainingLoss.ofMoments.map(\.name).joined(separator: " and ")). (default: \(TrainingRecipe().variance.rawValue), or what the loss needs)"
  )
  var variance: String?

  @Option(
    help:
      "What training minimizes: \(TrainingLoss.registry.map(\.name).joined(separator: ", ")). (default: \(TrainingRecipe().loss.name))"
  )
  var loss: String?

  @Option(
    help:
      "How a step changes the weights: \(Optimizer.all.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ")). (default: \(TrainingRecipe().optimizer.name))"
  )
  var optimizer: String?

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
    help:
      "Decay of the moving average of the weights, which is what samples. (default: \(TrainingRecipe().emaDecay))"
  )
  var ema: Double?

  @Option(
    help:
      "How many points to train on: of a distribution, that many draws; of a file, the most of its rows, none twice. (default: \(DataSource.defaultTrainingCount); of a file all rows but the tenth that is held out)"
  )
  var points: Int?

  func validate() throws {
    try check(points, "--points", in: 2...DataSource.largestCount)
    if let seconds {
      guard seconds >= 0.1 && seconds <= 1e6 else {
        throw ValidationError("--seconds \(seconds): give a number from 0.1 to 1000000.")
      }
      if steps != nil { throw ValidationError("--seconds finds the number of steps; leave --steps out.") }
    }
    if let problem = try recipe(seed: 0, threads: 0).problem { throw ValidationError(problem + ".") }
  }

  /// The recipe that the options ask for.
  /// - Throws: a usage error that names the option.
  func recipe(seed: UInt64, threads: Int) throws -> TrainingRecipe {
    let name = recipeName ?? NamedRecipe.lab.name
    guard var recipe = NamedRecipe.named(name) else {
      throw unknown(name, "--recipe", among: NamedRecipe.registry.map(\.name))
    }
    recipe.seed = seed
    recipe.threads = threads
    try apply(to: &recipe)
    return recipe
  }

  /// Changes what the options say otherwise.
  /// - Throws: a usage error that names the option.
  func apply(to recipe: inout TrainingRecipe) throws {
    if let loss {
      guard let loss = TrainingLoss.named(loss) else {
        throw unknown(loss, "--loss", among: TrainingLoss.registry.map(\.name))
      }
      recipe.loss = loss
      recipe.prediction = loss.needs.prediction ?? recipe.prediction
      recipe.variance = loss.needs.onlyVariance ?? recipe.variance
    }
    if let variance {
      guard let variance = ReverseVariance(rawValue: variance) else {
        throw unknown(variance, "--variance", among: ReverseVariance.trainable.map(\.rawValue))
      }
      recipe.variance = variance
    }
    if let predict {
      guard let prediction = Prediction(rawValue: predict) else {
        throw unknown(predict, "--predict", among: Prediction.allCases.map(\.rawValue))
      }
      recipe.prediction = prediction
    }
    if let hidden {
      guard let shape = NetworkArchitecture.parse(hidden: hidden) else {
        throw ValidationError("--hidden \(hidden): give WIDTHxBLOCKS, such as 128x3.")
      }
      recipe.width = shape.width
      recipe.blocks = shape.blocks
    }
    if recipe.loss.corruption == .reflected, schedule != nil || timesteps != nil {
      let process = ReflectedDiffusion()
      throw ValidationError(
        "\(schedule == nil ? "--timesteps" : "--schedule"): the loss \(recipe.loss.name) has a process of its own, "
          + "with σ from \(process.sigmaMin) to \(process.sigmaMax) of the box.")
    }
    let needed = loss == nil ? nil : recipe.loss.needs.schedule
    if schedule != nil || needed != nil || timesteps != nil {
      recipe.schedule = try namedSchedule(
        schedule ?? needed ?? recipe.schedule.name, steps: timesteps ?? recipe.schedule.steps)
    }
    if let steps {
      recipe.steps = steps
      recipe.warmup = min(recipe.warmup, steps)
    }
    recipe.batch = batch ?? recipe.batch
    if let optimizer {
      guard let optimizer = Optimizer.named(optimizer) else {
        throw unknown(optimizer, "--optimizer", among: Optimizer.all.map(\.name))
      }
      recipe.use(optimizer)
    }
    recipe.learningRate = learningRate ?? recipe.learningRate
    recipe.fourierFeatures = fourier ?? recipe.fourierFeatures
    recipe.emaDecay = ema ?? recipe.emaDecay
  }

  /// Refuses losses that give no denoiser of Gaussian noise, for commands that need one.
  /// - Throws: a usage error with what goes.
  func requireGaussianNoise(_ command: String) throws {
    guard let loss, TrainingLoss.named(loss)?.corruption == .reflected else { return }
    throw ValidationError(
      "--loss \(loss): \(command) shows chains of Gaussian noise, and this loss trains one between walls; take "
        + "train, sample, draw and animate.")
  }
}

extension TrainingOptions {
  /// Refuses losses that leave no score, for commands whose figures need one.
  /// - Throws: a usage error with what goes.
  func requireScore(_ command: String) throws {
    try requireGaussianNoise(command)
    guard let loss, TrainingLoss.named(loss)?.coupling == .optimalTransport else { return }
    throw ValidationError(
      "--loss \(loss): \(command) shows scores and samplers that need them, and this loss trains the velocity of a "
        + "flow that has none; take the loss cfm, or train, sample and lab.")
  }

  /// Refuses options that a command decides itself.
  /// - Throws: a usage error that names the option.
  func requireSteps(_ command: String) throws {
    if seconds != nil {
      throw ValidationError(
        "--seconds: \(command) trains everything for as many steps; say them with --steps.")
    }
    if points != nil {
      throw ValidationError(
        "--points: \(command) always trains on \(DataSource.defaultTrainingCount) points, or on all rows of a file; leave it out."
      )
    }
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

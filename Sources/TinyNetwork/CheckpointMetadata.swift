import DiffusionProcess
import PointClouds

extension TrainedModel {
  /// Everything but the tensors, as texts. Numbers are in Swift's shortest form that reads back exactly.
  var metadata: [String: String] {
    var texts = plainMetadata.merging(origin?.metadata ?? [:]) { text, _ in text }
    if let labelNames { texts["label_names"] = DataOrigin.text(of: labelNames) }
    if recipe.optimizer != .adamW { texts[Self.optimizerKey] = recipe.optimizer.name }
    if let trainingCount { texts["training_points"] = "\(trainingCount)" }
    if let reflection {
      let (lower, upper) = (reflection.box.lower, reflection.box.upper)
      texts["box_lower"] = "\(lower.x) \(lower.y)"
      texts["box_upper"] = "\(upper.x) \(upper.y)"
      texts["sigma_min"] = "\(reflection.sigmaMin)"
      texts["sigma_max"] = "\(reflection.sigmaMax)"
    }
    return texts
  }

  /// The key of the optimizer's name; files without it are of AdamW, the only one once.
  static let optimizerKey = "optimizer"

  private var plainMetadata: [String: String] {
    [
      "format": Self.checkpointFormat,
      "version": Self.checkpointVersion,
      "hidden": architecture.hidden,
      "noise_features": "\(architecture.noiseFeatures)",
      "fourier_features": "\(architecture.fourierFeatures)",
      "schedule": schedule.name,
      "schedule_steps": "\(schedule.steps)",
      "prediction": prediction.rawValue,
      "variance": variance.rawValue,
      "loss": recipe.loss.name,
      "mean": "\(standardization.mean.x) \(standardization.mean.y)",
      "scale": standardization.isShared
        ? "\(standardization.scales.x)" : "\(standardization.scales.x) \(standardization.scales.y)",
      "support_lower": "\(support.lower.x) \(support.lower.y)",
      "support_upper": "\(support.upper.x) \(support.upper.y)",
      "dataset": dataset,
      "seed": "\(seed)",
      "step": "\(step)",
      "steps": "\(recipe.steps)",
      "batch": "\(recipe.batch)",
      "learning_rate": "\(recipe.learningRate)",
      "weight_decay": "\(recipe.weightDecay)",
      "clip": "\(recipe.clip)",
      "ema_decay": "\(recipe.emaDecay)",
      "warmup": "\(recipe.warmup)",
      "decay": recipe.decay.rawValue,
    ]
  }
}

/// The metadata of a checkpoint, with an error for whatever cannot be understood.
struct MetadataReader {
  let path: String
  let texts: [String: String]

  func fault(_ problem: String) -> FileError {
    FileError(path: path, problem: problem, remedy: "train the model again")
  }

  func text(_ key: String) throws(FileError) -> String {
    guard let text = texts[key] else { throw fault("its metadata lack “\(key)”") }
    return text
  }

  func integer(_ key: String) throws(FileError) -> Int {
    let text = try text(key)
    guard let number = Int(text) else { throw fault("its “\(key)” is “\(text)”, no whole number") }
    return number
  }

  func number(_ key: String) throws(FileError) -> Double {
    let text = try text(key)
    guard let number = Double(text), number.isFinite else {
      throw fault("its “\(key)” is “\(text)”, no finite number")
    }
    return number
  }

  func point(_ key: String) throws(FileError) -> SIMD2<Double> {
    let text = try text(key)
    let numbers = text.split(separator: " ").compactMap { Double($0) }.filter(\.isFinite)
    guard numbers.count == 2 else { throw fault("its “\(key)” is “\(text)”, no point") }
    return SIMD2(numbers[0], numbers[1])
  }

  /// The recipe, with every value checked. Version 1 had only the fixed variance β and the simple loss, version 2
  /// only a learning rate that falls along a cosine.
  func recipe(stepsLimit: Int, version: String) throws(FileError) -> TrainingRecipe {
    var recipe = TrainingRecipe()
    (recipe.variance, recipe.loss, recipe.decay) = (.transition, .simple, .cosine)
    guard let (width, blocks) = NetworkArchitecture.parse(hidden: try text("hidden")) else {
      throw fault("its hidden layers are “\(try text("hidden"))”, not of the form 128x3")
    }
    recipe.width = width
    recipe.blocks = blocks
    recipe.noiseFeatures = try integer("noise_features")
    recipe.fourierFeatures = try integer("fourier_features")
    let steps = try integer("schedule_steps")
    guard (1...stepsLimit).contains(steps) else { throw fault("a schedule of \(steps) steps") }
    let name = try text("schedule")
    guard let schedule = DiscreteSchedule.named(name, steps: steps) else {
      let known = DiscreteSchedule.all.names.joined(separator: ", ")
      throw fault("its schedule “\(name)” is unknown; known are \(known)")
    }
    recipe.schedule = schedule
    guard let prediction = Prediction(rawValue: try text("prediction")) else {
      throw fault("its prediction “\(try text("prediction"))” is unknown")
    }
    recipe.prediction = prediction
    if version != "1" {
      guard let variance = ReverseVariance(rawValue: try text("variance")), variance.isTrainable else {
        throw fault("its variance “\(try text("variance"))” is unknown")
      }
      guard let loss = TrainingLoss.all.named(try text("loss")) else {
        throw fault("its loss “\(try text("loss"))” is unknown")
      }
      recipe.variance = variance
      recipe.loss = loss
    }
    if version != "1" && version != "2" {
      guard let decay = LearningRateDecay(rawValue: try text("decay")) else {
        throw fault("its decay “\(try text("decay"))” is unknown")
      }
      recipe.decay = decay
    }
    if let name = texts[TrainedModel.optimizerKey] {
      guard let optimizer = Optimizer.all.named(name) else {
        let known = Optimizer.all.names.joined(separator: ", ")
        throw fault("its optimizer “\(name)” is unknown; known are \(known)")
      }
      recipe.optimizer = optimizer
    }
    guard let seed = UInt64(try text("seed")) else { throw fault("its seed is no whole number") }
    recipe.seed = seed
    recipe.steps = try integer("steps")
    recipe.batch = try integer("batch")
    recipe.learningRate = try number("learning_rate")
    recipe.weightDecay = try number("weight_decay")
    recipe.clip = try number("clip")
    recipe.emaDecay = try number("ema_decay")
    recipe.warmup = try integer("warmup")
    if let problem = recipe.problem { throw fault(problem) }
    return recipe
  }

  func standardization() throws(FileError) -> Standardization {
    let text = try text("scale")
    let scales = text.contains(" ") ? try point("scale") : SIMD2(repeating: try number("scale"))
    guard Self.sizes.contains(scales.x), Self.sizes.contains(scales.y) else {
      throw fault("its scale \(text) is not in 1e-100...1e100")
    }
    return Standardization(mean: try place("mean"), scales: scales)
  }

  func support() throws(FileError) -> DataBox { try box("support") }

  /// The scales that are read: squares of others leave the range of a Double.
  private static let sizes = 1e-100...1e100

  /// A point that is no farther away than data can be.
  private func place(_ key: String) throws(FileError) -> SIMD2<Double> {
    let point = try point(key)
    guard max(point.x.magnitude, point.y.magnitude) <= Self.sizes.upperBound else {
      throw fault("its \(key) (\(point.x), \(point.y)) is beyond 1e100")
    }
    return point
  }

  private func box(_ key: String) throws(FileError) -> DataBox {
    let lower = try place(key + "_lower")
    let upper = try place(key + "_upper")
    guard lower.x <= upper.x, lower.y <= upper.y else { throw fault("its \(key) is no box") }
    return DataBox(lower: lower, upper: upper)
  }

  /// The walls and the noise of a loss that works between walls; `nil` for any other.
  func reflection(_ loss: TrainingLoss) throws(FileError) -> ReflectedDiffusion? {
    guard loss.corruption == .reflected else { return nil }
    let box = try box("box")
    let (low, high) = (try number("sigma_min"), try number("sigma_max"))
    guard box.hasExtent else { throw fault("its box has no room between its walls") }
    guard low >= 1e-6, high > low, high <= ReflectedDiffusion.largestSigma else {
      throw fault("its noise from \(low) to \(high) does not belong to a reflected diffusion")
    }
    return ReflectedDiffusion(box: box, sigmaMin: low, sigmaMax: high)
  }
}

import DiffusionProcess
import Parallelism
import PointClouds

/// Trains the network on a cloud by a recipe, some steps at a time.
///
/// The weights after n steps are a pure function of points, recipe and n: neither the number of threads nor
/// how the steps are divided into calls of ``run(steps:)`` changes a bit.
///
/// ```swift
/// let trainer = try Trainer(points: cloud, dataset: "swissroll", recipe: TrainingRecipe())
/// while !trainer.isFinished { print(trainer.step, try trainer.run(steps: 100)) }
/// let denoiser = trainer.model.denoiser()
/// ```
///
/// The ``model`` of an unfinished training has all that it takes to go on:
/// `init(resuming:points:partners:threads:objective:)`.
public final class Trainer {
  /// The recipe, as given.
  public let recipe: TrainingRecipe
  /// The name of the data, which the model keeps.
  package let dataset: String
  /// Where the data came from, which the model keeps too.
  package let origin: DataOrigin?
  /// Steps done.
  public private(set) var step = 0
  /// The mean loss over each thousandth of the training.
  public private(set) var history: [LossPoint] = []

  private let standardization: Standardization
  private let support: DataBox
  private let fingerprint: PointsFingerprint
  private let labelNames: [String]?
  private let reflection: ReflectedDiffusion?
  private let engine: TrainingEngine
  private var optimizer: OptimizerSteps
  private var blockLoss = 0.0
  private var failure: TrainingError?
  /// The step of the kept weights: the last ones known to have a finite loss.
  private var keptStep = 0

  /// A trainer of raw points, which it standardizes.
  /// - Parameters:
  ///   - origin: where the data came from; without it nothing exact will stand beside the model.
  ///   - partners: what stands for the noise of each point, in the units of the points: flow matching between
  ///     two clouds, whose pairs are the coupling. Noise N(0, I) in standard units where it is `nil`.
  ///   - objective: what to train for; the recipe's own loss where it is `nil`.
  ///   - batches: how many batches to draw beforehand and to repeat, so that a step can be timed without the
  ///     drawing of its batch. A network learns as little from them as from a small data set.
  /// - Throws: ``TrainingError`` if the recipe or the points cannot be trained with.
  package init(
    points: PointCloud, partners: PointCloud? = nil, dataset: String, origin: DataOrigin? = nil,
    recipe: TrainingRecipe,
    objective: (any TrainingObjective)? = nil, repeating batches: Int? = nil
  ) throws(TrainingError) {
    if let problem = recipe.problem { throw .recipe(problem: problem) }
    if let partners {
      precondition(
        partners.count == points.count, "\(partners.count) partners for \(points.count) points")
    }
    guard (points.points + (partners?.points ?? [])).allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
      throw .data(problem: "a coordinate is not finite")
    }
    guard let overall = Standardization(of: points) else {
      throw .data(
        problem: "\(points.count) points without any spread; at least two different ones are needed")
    }
    self.recipe = recipe
    self.dataset = dataset
    self.origin = origin
    optimizer = OptimizerSteps(recipe)
    fingerprint = Self.fingerprint(points, partners)
    labelNames = points.labelNames
    let objective = objective ?? recipe.loss.objective(recipe.head)
    precondition(
      objective.corruption == recipe.loss.corruption,
      "\(objective.name) and the loss \(recipe.loss.name) make points noisy in different ways")
    reflection = try objective.corruption == .reflected ? Self.reflection(of: points, in: recipe.box) : nil
    precondition(reflection == nil || partners == nil, "noise between walls has no partners")
    standardization = reflection == nil ? overall : .identity
    let standard = reflection?.box.toUnit(points) ?? overall.apply(points)
    support = DataBox(around: standard)
    var architecture = recipe.architecture
    architecture.outputs = objective.outputs
    engine = TrainingEngine(
      architecture: architecture, batch: recipe.batch, objective: objective,
      points: standard.points.map { SIMD2<Float>($0) },
      partners: partners.map(standardization.apply)?.points.map { SIMD2<Float>($0) },
      seed: recipe.seed, optimizer: recipe.optimizer, clip: recipe.clip, repeating: batches)
    engine.start(
      NetworkWeights(random: architecture, noise: NoiseSource(seed: recipe.seed, purpose: .weights)))
    engine.keep(engine.buffers.average, as: engine.buffers.kept)
  }

  /// What identifies the points and their partners.
  private static func fingerprint(_ points: PointCloud, _ partners: PointCloud?) -> PointsFingerprint {
    PointsFingerprint(partners.map { PointCloud(points.points + $0.points) } ?? points)
  }

  /// A trainer that goes on where a model's training stopped, by the model's recipe: from here on every bit is
  /// the one that it would have been without the stop.
  /// - Parameters:
  ///   - points: the points that the training began with, in their order.
  ///   - partners: their partners, where the training began with any.
  ///   - threads: 0 for one per processor.
  ///   - objective: what the training began with, where it was not the recipe's own loss.
  /// - Throws: ``TrainingError/resume(problem:)`` if the model has no ``TrainedModel/state``, or one of other
  ///   points or of another objective.
  package convenience init(
    resuming model: TrainedModel, points: PointCloud, partners: PointCloud? = nil, threads: Int = 0,
    objective: (any TrainingObjective)? = nil
  ) throws(TrainingError) {
    guard let state = model.state else {
      throw .resume(
        problem: model.step == model.recipe.steps
          ? "all \(model.step) steps of the model are done; train anew with more"
          : "the model has no state of the optimizer; train anew")
    }
    guard state.moments.count == model.recipe.optimizer.moments.count else {
      throw .resume(
        problem:
          "the state is of another optimizer than the recipe's \(model.recipe.optimizer.name); train anew")
    }
    guard Self.fingerprint(points, partners) == state.points else {
      throw .resume(
        problem: "the model was trained on \(state.points.count) points of \(model.dataset), not on these "
          + "\(points.count); give the points that it began with")
    }
    var recipe = model.recipe
    recipe.threads = threads
    try self.init(
      points: points, partners: partners, dataset: model.dataset, origin: model.origin, recipe: recipe,
      objective: objective)
    guard engine.objective.name == state.objective else {
      throw .resume(
        problem: "the model was trained for \(state.objective), not for \(engine.objective.name)")
    }
    engine.start(state.weights, average: model.weights, moments: state.moments)
    engine.keep(engine.buffers.average, as: engine.buffers.kept)
    optimizer.powers = state.powers
    blockLoss = state.openLoss
    step = model.step
    keptStep = model.step
    history = model.history
  }

  /// The diffusion between the walls of a box that holds the points.
  private static func reflection(
    of points: PointCloud, in wanted: DataBox?
  ) throws(TrainingError) -> ReflectedDiffusion {
    let box = wanted ?? DataBox(around: points)
    let text = "box from (\(box.lower.x), \(box.lower.y)) to (\(box.upper.x), \(box.upper.y))"
    guard box.hasExtent else {
      throw .data(problem: "a \(text) has no room between its walls")
    }
    guard box.shareOutside(points) == 0 else {
      throw .data(problem: "a point lies outside the \(text)")
    }
    return ReflectedDiffusion(box: box)
  }

  /// Whether all steps of the recipe are done.
  public var isFinished: Bool { step >= recipe.steps }

  /// Trains for `steps` more steps, or those that are left.
  /// - Returns: the mean loss over them.
  /// - Throws: ``TrainingError/diverged(step:)`` at the first loss that is not finite; ``model`` is then the
  ///   last one whose loss was.
  @discardableResult
  public func run(steps: Int) throws(TrainingError) -> Double {
    precondition(steps >= 1 && !isFinished, "\(steps) steps after \(step) of \(recipe.steps)")
    if let failure { throw failure }
    let end = min(recipe.steps, step + steps)
    let count = end - step
    let threads = ThreadTeam.resolve(recipe.threads)
    let start = step
    engine.keep(engine.buffers.average, as: engine.buffers.candidate)
    var total = 0.0
    while step < end {
      let part = min(TrainingBuffers.stepsPerCall, end - step)
      for i in 0..<part { engine.buffers.steps[i] = optimizer.next(step: step + i) }
      // Batches count from 1: step 0 of the same noise may have drawn the points.
      engine.run(first: step + 1, steps: part, threads: threads)
      for i in 0..<part {
        guard engine.buffers.alive[i + 1] else {
          // The first loss of a call judges the weights that the call before it left.
          if step > start { keepCandidate(of: start) }
          let error = TrainingError.diverged(step: step + 1)
          failure = error
          throw error
        }
        total += engine.buffers.stepLoss[i]
        step += 1
        record(engine.buffers.stepLoss[i])
      }
    }
    keepCandidate(of: start)
    return total / Double(count)
  }

  private func keepCandidate(of step: Int) {
    engine.keep(engine.buffers.candidate, as: engine.buffers.kept)
    keptStep = step
  }

  /// The model as it stands, with the averaged weights; after a failure, the last good one.
  public var model: TrainedModel {
    let failed = failure != nil
    var recipe = recipe
    recipe.threads = 0  // no fact of the result
    recipe.box = reflection?.box
    return TrainedModel(
      weights: engine.layout.load(failed ? engine.buffers.kept : engine.buffers.average), recipe: recipe,
      standardization: standardization, support: support, reflection: reflection, dataset: dataset,
      origin: origin, trainingCount: fingerprint.count, labelNames: labelNames,
      step: failed ? keptStep : step,
      history: failed ? history.filter { $0.step <= keptStep } : history,
      state: failed || isFinished || engine.isRepeating ? nil : state)
  }

  private var state: TrainingState {
    let (layout, buffers) = (engine.layout, engine.buffers)
    return TrainingState(
      weights: layout.load(buffers.weights), moments: engine.moments, powers: optimizer.powers,
      openLoss: blockLoss, objective: engine.objective.name, points: fingerprint)
  }

  /// Adds the loss of the step just done to the history's open block.
  private func record(_ loss: Double) {
    let block = max(1, recipe.steps / 1000)
    blockLoss += loss
    if step % block == 0 {
      history.append(LossPoint(step: step, loss: blockLoss / Double(block)))
      blockLoss = 0
    }
  }
}

extension Trainer {
  /// A trainer of raw points, which it standardizes, by the recipe's own loss.
  /// - Parameters:
  ///   - points: the training points, in the units of the data.
  ///   - dataset: a name for figures and messages.
  ///   - origin: where the data came from; without it nothing exact will stand beside the model.
  ///   - recipe: the steps, the network, the loss, the optimizer and the seed.
  /// - Throws: ``TrainingError`` if the recipe or the points cannot be trained with.
  public convenience init(
    points: PointCloud, dataset: String, origin: DataOrigin? = nil, recipe: TrainingRecipe
  ) throws(TrainingError) {
    try self.init(points: points, partners: nil, dataset: dataset, origin: origin, recipe: recipe)
  }
}

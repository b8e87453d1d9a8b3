import CTileKernels
import DiffusionProcess
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
public final class Trainer {
  /// The recipe, as given.
  public let recipe: TrainingRecipe
  /// The name of the data, which the model keeps.
  public let dataset: String
  /// Steps done.
  public private(set) var step = 0
  /// The mean loss over each thousandth of the training.
  public private(set) var history: [LossPoint] = []

  private let standardization: Standardization
  private let support: DataBox
  private let engine: TrainingEngine
  private var optimizer: OptimizerScalars
  private var blockLoss = 0.0
  private var failure: TrainingError?
  /// The step of the kept weights: the last ones known to have a finite loss.
  private var keptStep = 0

  /// A trainer of raw points, which it standardizes.
  /// - Parameters:
  ///   - objective: what to train for; the recipe's own loss where it is `nil`.
  /// - Throws: ``TrainingError`` where the recipe or the points cannot be trained with.
  public init(
    points: PointCloud, dataset: String, recipe: TrainingRecipe, objective: (any TrainingObjective)? = nil
  ) throws(TrainingError) {
    if let problem = recipe.problem { throw .recipe(problem: problem) }
    guard points.points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
      throw .data(problem: "a coordinate is not finite")
    }
    guard let standardization = Standardization(of: points) else {
      throw .data(
        problem: "\(points.count) points without any spread; at least two different ones are needed")
    }
    self.recipe = recipe
    self.dataset = dataset
    optimizer = OptimizerScalars(recipe)
    self.standardization = standardization
    let standard = standardization.apply(points)
    support = DataBox(around: standard)
    let objective = objective ?? recipe.loss.objective(recipe.head)
    var architecture = recipe.architecture
    architecture.outputs = objective.outputs
    engine = TrainingEngine(
      architecture: architecture, batch: recipe.batch, objective: objective,
      points: standard.points.map { SIMD2<Float>($0) }, seed: recipe.seed, clip: recipe.clip)
    engine.start(
      NetworkWeights(random: architecture, noise: NoiseSource(seed: recipe.seed, purpose: .weights)))
    engine.keep(engine.buffers.average, as: engine.buffers.kept)
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
      for i in 0..<part { engine.buffers.adamw[i] = optimizer.next(step: step + i) }
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
    return TrainedModel(
      weights: engine.layout.load(failed ? engine.buffers.kept : engine.buffers.average), recipe: recipe,
      standardization: standardization, support: support, dataset: dataset,
      step: failed ? keptStep : step,
      history: failed ? history.filter { $0.step <= keptStep } : history)
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

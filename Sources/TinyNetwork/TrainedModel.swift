import DiffusionProcess
import PointClouds

/// The mean training loss up to a step.
public struct LossPoint: Sendable, Hashable {
  /// The last step that the mean covers.
  public let step: Int
  /// The mean loss of the steps since the point before.
  public let loss: Double

  /// The mean loss up to a step.
  package init(step: Int, loss: Double) {
    self.step = step
    self.loss = loss
  }
}

/// A trained network with everything that sampling from it needs, and where it came from.
public struct TrainedModel: Sendable, Hashable {
  /// The averaged weights.
  package let weights: NetworkWeights
  /// The recipe that made them; of its values, sampling needs the schedule and what the outputs mean.
  public let recipe: TrainingRecipe
  /// How the data were brought to standard units, which the network works in; of a reflected model, whose
  /// network works in units of its box, the identity.
  public let standardization: Standardization
  /// The rectangle around the standardized training points.
  package let support: DataBox
  /// The diffusion between walls that the network was trained on; `nil` for a plain model.
  package let reflection: ReflectedDiffusion?
  /// The name of the data.
  public let dataset: String
  /// Where the data came from; `nil` if that was not recorded.
  public let origin: DataOrigin?
  /// How many points it was trained on; `nil` if that was not recorded.
  package let trainingCount: Int?
  /// The names of the labels of the points that it was trained on, in their order; `nil` if they have none.
  package let labelNames: [String]?
  /// Training steps done.
  public let step: Int
  /// The training loss along the way.
  public let history: [LossPoint]
  /// What it takes to go on training; `nil` if training is finished, or failed.
  package let state: TrainingState?

  /// The model with these parts.
  package init(
    weights: NetworkWeights, recipe: TrainingRecipe, standardization: Standardization, support: DataBox,
    reflection: ReflectedDiffusion? = nil, dataset: String, origin: DataOrigin? = nil,
    trainingCount: Int? = nil, labelNames: [String]? = nil, step: Int, history: [LossPoint],
    state: TrainingState? = nil
  ) {
    self.weights = weights
    self.recipe = recipe
    self.standardization = standardization
    self.support = support
    self.reflection = reflection
    self.dataset = dataset
    self.origin = origin
    self.trainingCount = trainingCount
    self.labelNames = labelNames
    self.step = step
    self.history = history
    self.state = state
  }

  /// The shape of the network.
  package var architecture: NetworkArchitecture { weights.architecture }
  /// The forward process that the network was trained on.
  package var schedule: DiscreteSchedule { recipe.schedule }
  /// What the network predicts.
  package var prediction: Prediction { recipe.prediction }
  /// The variance of the reverse steps.
  package var variance: ReverseVariance { recipe.variance }
  /// What its outputs mean.
  package var head: NetworkHead { recipe.head }
  /// The seed of the training.
  package var seed: UInt64 { recipe.seed }

  /// The network as a denoiser of standardized points.
  /// - Parameter threads: 0 for one per processor; the results do not depend on it.
  /// - Precondition: the model is not reflected.
  public func denoiser(threads: Int = 0) -> NetworkDenoiser {
    precondition(reflection == nil, "a model of the loss \(recipe.loss.name) is of noise mirrored at walls")
    return NetworkDenoiser(weights: weights, head: head, support: support, threads: threads)
  }

  /// The network as the score of points between walls, in units of the box.
  /// - Parameter threads: 0 for one per processor; the results do not depend on it.
  /// - Precondition: the model is reflected.
  package func reflectedScore(threads: Int = 0) -> ReflectedNetwork {
    precondition(reflection != nil, "a model of the loss \(recipe.loss.name) has no walls")
    return ReflectedNetwork(weights: weights, threads: threads)
  }
}

import DiffusionProcess
import PointClouds

/// What the learning rate does after the warm-up.
public enum LearningRateDecay: String, Sendable, Hashable, CaseIterable {
  /// It falls to 0 along half a cosine, over exactly the steps of the recipe.
  case cosine
  /// It stays.
  case constant
}

/// Everything that decides what training does, as a flat list of values with their reasons.
///
/// The defaults bring the six sets of `difflab quality` within a tenth of the noise floor of the sliced W₂, in
/// under 10 s on two cores. They were chosen by that distance and by what a classifier can tell;
/// `difflab quality --ablation` takes each choice back.
public struct TrainingRecipe: Sendable, Hashable {
  /// Steps of the optimizer. The learning rate falls to 0 over exactly these.
  public var steps = 6000
  /// Examples per step. Half as many in twice as many steps cost the same time and left the swiss roll a tenth above
  /// its floor, twice as many in half as many steps did no better.
  public var batch = 512
  /// How a step changes the weights. ``use(_:)`` sets it together with the values that suit it.
  public var optimizer: Optimizer = .adamW
  /// The learning rate after the warm-up.
  public var learningRate = Optimizer.adamW.learningRate
  /// Decoupled weight decay per unit of learning rate; weights only, no biases.
  public var weightDecay = Optimizer.adamW.weightDecay
  /// The largest norm of the gradient; longer ones are shortened to it. 0 switches clipping off.
  public var clip = 1.0
  /// Decay of the moving average of the weights, which is what samples; it grows into this over the first
  /// steps. The learning rate ends at 0, so that its exact value matters little.
  public var emaDecay = 0.999
  /// Steps over which the learning rate rises.
  public var warmup = 200
  /// What the learning rate does after the warm-up.
  public var decay: LearningRateDecay = .cosine
  /// Units of every hidden layer.
  public var width = 128
  /// Residual layers.
  public var blocks = 3
  /// Inputs that encode the noise level.
  public var noiseFeatures = 32
  /// Octaves of sines and cosines of the point; 0 for none. Without them a network of this size
  /// draws no sharp edges, and a classifier sees it.
  public var fourierFeatures = 4
  /// The forward process.
  public var schedule: DiscreteSchedule = .cosine(steps: 1000)
  /// What the network predicts. ε gives errors at high noise, where the points find their modes, too little weight.
  public var prediction: Prediction = .v
  /// The variance of the reverse steps: fixed, or more outputs of the network.
  public var variance: ReverseVariance = .transition
  /// What training minimizes.
  public var loss: TrainingLoss = .simple
  /// The walls of a loss that works between walls; `nil` for the smallest box around the points.
  public var box: DataBox?
  /// The seed of the initial weights and of every batch.
  public var seed: UInt64 = 0
  /// Threads; 0 for one per processor. Results do not depend on it.
  public var threads = 0

  /// The most steps that are accepted.
  package static let stepsLimit = 100_000_000
  /// The most memory that a batch may take on its way through the layers, in bytes.
  package static let memoryLimit = 4e9

  /// The default recipe.
  public init() {}

  /// Sets the optimizer; unless it is the recipe's already, learning rate and weight decay become its defaults.
  public mutating func use(_ optimizer: Optimizer) {
    guard optimizer != self.optimizer else { return }
    self.optimizer = optimizer
    (learningRate, weightDecay) = (optimizer.learningRate, optimizer.weightDecay)
  }

  /// The network that the recipe trains.
  package var architecture: NetworkArchitecture {
    NetworkArchitecture(
      width: width, blocks: blocks, noiseFeatures: noiseFeatures, fourierFeatures: fourierFeatures,
      outputs: 2 + variance.outputs)
  }

  /// What the network's outputs mean.
  package var head: NetworkHead { NetworkHead(prediction, variance: variance, schedule: schedule) }

  /// The learning rate of step `step`, counted from 0: a linear warm-up, times half a cosine down to 0 where it
  /// decays.
  package func learningRate(step: Int) -> Double {
    let rise = min(1, Double(step + 1) / Double(max(1, warmup)))
    if decay == .constant { return learningRate * rise }
    let fall = PortableMath.sineCosine(turns: Double(step) / Double(2 * steps)).cosine
    return learningRate * rise * 0.5 * (1 + fall)
  }

  /// The decay of the moving average at step `step`, counted from 0: short memory first, so that the random
  /// start is forgotten.
  package func emaDecay(step: Int) -> Double {
    min(emaDecay, Double(1 + step) / Double(10 + step))
  }

  /// What is wrong with the values; `nil` if nothing is.
  public var problem: String? {
    if !(1...Self.stepsLimit).contains(steps) {
      return "\(steps) training steps are outside 1...\(Self.stepsLimit)"
    }
    if !(1...65_536).contains(batch) { return "a batch of \(batch) is outside 1...65536" }
    if !(learningRate > 0 && learningRate.isFinite) {
      return "a learning rate of \(learningRate) is not positive"
    }
    if !(weightDecay >= 0 && weightDecay.isFinite) { return "a weight decay of \(weightDecay) is negative" }
    if !(clip >= 0 && clip.isFinite) { return "a gradient norm of at most \(clip) is no limit" }
    if !(emaDecay >= 0 && emaDecay < 1) { return "an average's decay of \(emaDecay) is outside 0..<1" }
    if warmup < 0 { return "a warm-up of \(warmup) steps is negative" }
    if !(0...1024).contains(threads) { return "\(threads) threads are outside 0...1024" }
    if let problem = architecture.problem { return problem }
    // Activations, slopes and one gradient of every example, 4 bytes each.
    let memory = 4 * Double(batch) * Double(width) * Double(2 * blocks + 3)
    if memory > Self.memoryLimit {
      return
        "a batch of \(batch) takes \((memory / 1e9).fixed(1)) GB in a network of \(architecture.hidden), more than "
        + "\((Self.memoryLimit / 1e9).fixed(0))"
    }
    return loss.problem(head)
  }
}

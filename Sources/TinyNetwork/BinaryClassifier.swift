import DiffusionProcess
import Parallelism
import PointClouds

/// A network that learns which of two clouds a point is from, for a classifier two-sample test.
///
/// The lab's own network on the standardized point and sines and cosines of it, trained by the logistic loss with
/// AdamW. The same bits for any number of threads.
package struct BinaryClassifier: Sendable {
  /// The values that decide the training.
  package struct Recipe: Sendable, Hashable {
    /// Steps of the optimizer; the learning rate falls to 0 over them.
    package var steps = 600
    /// Examples per step.
    package var batch = 256
    /// Units of each of the two hidden layers.
    package var width = 64
    /// Octaves of sines and cosines of the point. 5 resolve a quarter of the data's standard
    /// deviation.
    package var fourierFeatures = 5
    /// The learning rate at the start.
    package var learningRate = 1e-2
    /// Decoupled weight decay.
    package var weightDecay = 0.01
    /// The seed of the initial weights and of the batches.
    package var seed: UInt64 = 0

    /// The recipe that the lab's score card uses.
    package init() {}
  }

  private let network: ForwardNetwork
  private let standardization: Standardization

  /// A classifier trained on two clouds.
  /// - Parameter threads: 0 for one per processor.
  /// - Precondition: both clouds have points, all of them finite, and the recipe's sizes are positive.
  /// - Complexity: O(steps × batch × weights).
  package init(_ first: PointCloud, _ second: PointCloud, recipe: Recipe = Recipe(), threads: Int = 0) {
    precondition(
      first.count > 0 && second.count > 0, "clouds of \(first.count) and \(second.count) points")
    precondition(
      recipe.steps > 0 && recipe.batch > 0, "\(recipe.steps) steps of \(recipe.batch) examples")
    let union = PointCloud(first.points + second.points)
    precondition(union.points.allSatisfy { $0.x.isFinite && $0.y.isFinite }, "a point has no finite place")
    standardization = Standardization(of: union) ?? Standardization(mean: union[0], scale: 1)
    let architecture = NetworkArchitecture(
      width: recipe.width, blocks: 1, noiseFeatures: 2, fourierFeatures: recipe.fourierFeatures, outputs: 1)
    let engine = TrainingEngine(
      architecture: architecture, batch: recipe.batch, objective: LogisticLoss(),
      points: standardization.apply(union).points.map { SIMD2<Float>($0) },
      labels: [Int](repeating: 0, count: first.count) + [Int](repeating: 1, count: second.count),
      seed: recipe.seed, clip: 1)
    engine.start(
      NetworkWeights(random: architecture, noise: NoiseSource(seed: recipe.seed, purpose: .weights)))
    var schedule = TrainingRecipe()
    schedule.steps = recipe.steps
    schedule.learningRate = recipe.learningRate
    schedule.weightDecay = recipe.weightDecay
    schedule.warmup = 20
    schedule.emaDecay = 0.98
    var optimizer = OptimizerSteps(schedule)
    var step = 0
    while step < recipe.steps {
      let part = min(TrainingBuffers.stepsPerCall, recipe.steps - step)
      for i in 0..<part { engine.buffers.steps[i] = optimizer.next(step: step + i) }
      engine.run(first: step + 1, steps: part, threads: ThreadTeam.resolve(threads))
      step += part
    }
    network = ForwardNetwork(engine.layout.load(engine.buffers.average))
  }

  /// The logarithm of the odds that each point is from the second cloud.
  /// - Parameter threads: 0 for one per processor.
  package func logits(of cloud: PointCloud, threads: Int = 0) -> [Float] {
    let standard = standardization.apply(cloud)
    return [Float](unsafeUninitializedCapacity: cloud.count) { buffer, initialized in
      buffer.initialize(repeating: 0)
      initialized = cloud.count
      network.evaluate(
        cloud.count, at: .clean, threads: ThreadTeam.resolve(threads),
        input: { SIMD2<Float>(standard[$0]) }, output: { buffer[$0] = $1[0] })
    }
  }
}

/// The negative logarithm of the probability of an example's label, which is its level.
private struct LogisticLoss: TrainingObjective {
  let name = "logistic"
  let levels = [NoiseLevel.clean, NoiseLevel.clean]
  let outputs = 1

  func loss(
    of output: Span<Float>, for example: TrainingExample, gradient: inout MutableSpan<Float>
  ) -> Float {
    // log(1 + e^−m) of the margin m, which is positive where the answer is right.
    let sign: Double = example.level == 1 ? 1 : -1
    let margin = min(max(sign * Double(output[0]), -500), 500)
    let odds = PortableMath.exp(-margin.magnitude)
    gradient[0] = Float(-sign * (margin > 0 ? odds : 1) / (1 + odds))
    return Float(PortableMath.log(1 + odds) + max(0, -margin))
  }
}

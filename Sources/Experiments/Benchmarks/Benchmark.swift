import CairoRendering
import DiffusionProcess
import Figures
import Models
import Parallelism
import Plotting
import PointClouds
import ReverseSampling
import TinyNetwork

/// How fast this machine trains, samples and draws; medians of repetitions on one and on all threads.
package struct Benchmark: JSONReport, Sendable, Hashable, Codable {
  /// The speed of the training step of one shape.
  package struct Training: Sendable, Hashable, Codable {
    /// The network and the batch.
    package let shape: TrainingShape
    /// Threads that worked.
    package let threads: Int
    /// Steps per second with batches made beforehand (forward, back, clipping, AdamW, the average of the weights), and
    /// with the batch of a real step (points, noise levels and noise drawn, features computed).
    package let readySteps, steps: Double
    /// Operations of the network's layers with batches made beforehand, in 10⁹ per second, and as a share of the
    /// multiply–adds that the threads can do at best.
    package let gigaflops, share: Double
  }

  /// The speed of something else.
  package struct Rate: Sendable, Hashable, Codable {
    /// Threads that worked.
    package let threads: Int
    /// How much of it per second.
    package let rate: Double
  }

  /// The processors of the machine.
  package let processors: Int
  /// The instruction set of the kernels.
  package let instructionSet: String
  /// Multiply–adds in registers, in 10⁹ operations per second.
  package private(set) var peak: [Rate] = []
  /// The training steps.
  package private(set) var training: [Training] = []
  /// Points times steps per second of a reverse chain by the default network, and frames of an animation per second,
  /// drawn and encoded; empty if not asked for.
  package private(set) var sampling: [Rate] = [], frames: [Rate] = []

  /// Points and steps of the chain that is timed.
  private static let chain = (points: 20_000, steps: 10)

  /// Measures the training steps of these shapes with each number of threads.
  /// - Parameter others: whether to time sampling and drawing, too.
  /// - Throws: ``TrainingError`` if a shape cannot be trained, ``RenderingError`` if frames cannot be drawn.
  package init(shapes: [TrainingShape], threads: [Int], stopwatch: Stopwatch, others: Bool = true) throws {
    precondition(threads.allSatisfy { $0 >= 1 }, "\(threads) threads")
    processors = ThreadTeam.processors
    instructionSet = ThreadTeam.instructionSet.name
    peak = threads.map { threads in
      let rates = stopwatch.rates([{ ThreadTeam.multiplyAdd(megaflops: $0, threads: threads) }])
      return Rate(threads: threads, rate: rates[0] * Double(threads) / 1000)
    }
    for shape in shapes {
      for count in threads { training.append(try Self.time(shape, threads: count, stopwatch)) }
    }
    guard others else { return }
    let model = try Trainer(points: Self.points, dataset: "bench", recipe: TrainingRecipe()).model
    for count in threads {
      sampling.append(Rate(threads: count, rate: try Self.samplingRate(model, threads: count, stopwatch)))
      frames.append(Rate(threads: count, rate: try Self.frameRate(threads: count, stopwatch)))
    }
  }

  /// As many points as are usually trained on.
  private static var points: PointCloud { NoiseSource(seed: 0, purpose: .data).normalCloud(count: 40_000) }

  private static func time(_ shape: TrainingShape, threads: Int, _ stopwatch: Stopwatch) throws -> Training {
    var recipe = shape.recipe
    recipe.threads = threads
    let ready = try Trainer(points: points, dataset: "bench", recipe: recipe, repeating: 100)
    let drawn = try Trainer(points: points, dataset: "bench", recipe: recipe)
    let rates = try stopwatch.rates([
      { try ready.run(steps: $0) }, { try drawn.run(steps: $0) },
      { ThreadTeam.multiplyAdd(megaflops: $0, threads: threads) },
    ])
    let operations = shape.operations * rates[0]
    return Training(
      shape: shape, threads: threads, readySteps: rates[0], steps: rates[1], gigaflops: operations / 1e9,
      share: operations / (rates[2] * 1e6 * Double(threads)))
  }

  private static func samplingRate(_ model: TrainedModel, threads: Int, _ stopwatch: Stopwatch) throws
    -> Double
  {
    let plan = try model.asModel(threads: threads).plan(SamplingRequest(rule: DDIM(), steps: chain.steps))
    let rates = stopwatch.rates([
      { count in
        for seed in 0..<UInt64(count) {
          _ = plan.samples(count: chain.points, seed: seed)
        }
      }
    ])
    return rates[0] * Double(chain.points * chain.steps)
  }

  private static func frameRate(threads: Int, _ stopwatch: Stopwatch) throws -> Double {
    let oracle = GaussianMixture([
      GaussianMixture.Component(weight: 1, mean: .zero, covariance: SymmetricMatrix(xx: 1, xy: 0, yy: 1))
    ])
    let model = ExactModel(oracle, name: "bench", schedule: .cosine(steps: 30))
    let trajectory = try model.plan(SamplingRequest(rule: DDIM(), steps: 30)).trajectory(count: 1000, seed: 0)
    let frames = 16
    let animation = ReverseAnimation(
      trajectory, frames: frames, points: 1000, limits: Limits(of: trajectory.samples))
    let rates = try stopwatch.rates([
      { count in
        for _ in 0..<count {
          _ = try Rendering.encodeGIF(animation.draw(theme: .light), scale: 1, threads: threads)
        }
      }
    ])
    return rates[0] * Double(frames)
  }
}

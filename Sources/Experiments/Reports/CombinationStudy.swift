import DiffusionProcess
import Evaluation
import Models
import PointClouds
import ReverseSampling
import TinyNetwork

/// All valid combinations of prediction, variance and loss, trained alike on one data set and compared by their
/// samples.
package struct CombinationStudy: Sendable, Hashable {
  /// What a network predicts and how it is trained.
  package struct Combination: Sendable, Hashable {
    /// What the network predicts, which the means are computed from.
    package let prediction: Prediction
    /// The variance of the reverse steps.
    package let variance: ReverseVariance
    /// What training minimizes.
    package let loss: TrainingLoss
  }

  /// The result of one combination.
  package struct Row: Sendable, Hashable {
    /// The combination.
    package let combination: Combination
    /// The sliced W₂ distance of its samples from the data, in standard units: the mean over ``repetitions``
    /// clouds, or ∞ if training diverged.
    package let slicedW2: Double
  }

  /// The data set.
  package let dataset: String
  /// The number of samples in each cloud.
  package let count: Int
  /// A remark about the true points for the reader; `nil` for a distribution.
  package let remark: String?
  /// The same distance of as many true points.
  package let floor: Double
  /// The results of all combinations.
  package let rows: [Row]

  /// The smallest distance of all.
  package var best: Double { rows.map(\.slicedW2).min() ?? .infinity }

  /// Every valid combination with Gaussian noise, on a recipe's schedule or on the one that the loss requires.
  package static func combinations(_ recipe: TrainingRecipe) -> [Combination] {
    TrainingLoss.all.filter { $0.corruption == .gaussian }.flatMap { loss in
      Prediction.allCases.flatMap { prediction in
        ReverseVariance.trainable.map { Combination(prediction: prediction, variance: $0, loss: loss) }
      }
    }.filter { self.recipe($0, from: recipe).problem == nil }
  }

  /// The recipe of a combination, with the schedule that the loss requires, if it requires one.
  private static func recipe(_ combination: Combination, from recipe: TrainingRecipe) -> TrainingRecipe {
    var recipe = recipe
    recipe.prediction = combination.prediction
    recipe.variance = combination.variance
    recipe.loss = combination.loss
    if let name = combination.loss.needs.schedule,
      let schedule = DiscreteSchedule.named(name, steps: recipe.schedule.steps)
    {
      recipe.schedule = schedule
    }
    return recipe
  }

  /// The number of clouds of samples, each compared with other true points. The best distances are near the floor,
  /// where those of single clouds scatter by a third.
  package static let repetitions = 4

  /// Trains and samples all combinations. All see the same points, batches and noise.
  /// - Parameters:
  ///   - recipe: what all have in common. Every chain visits all of its steps.
  ///   - samples: the number of samples in each cloud, compared with twice as many true points; fewer if a file has
  ///     too few rows.
  ///   - progress: called after each combination with the number done and the total.
  /// - Throws: ``DataSourceError`` if the source cannot give enough points.
  /// - Complexity: one training per combination; losses that train no variance share one for both fixed variances.
  package init(
    _ source: DataSource, recipe: TrainingRecipe, samples: Int,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws {
    let seed = recipe.seed
    let points = try source.trainingPoints(seed: seed)
    guard let standardization = Standardization(of: points) else {
      throw TrainingError.data(problem: "\(source.name) has no spread")
    }
    let draws = try TrueDraws(of: source, count: 2 * samples, seed: seed, from: .heldOut)
    let samples = min(samples, draws.count)
    let truths = try (0..<Self.repetitions).map {
      standardization.apply(try draws.reference("truth \($0)", pair: $0))
    }
    func distance(_ clouds: (Int) throws -> PointCloud) rethrows -> Double {
      try (0..<Self.repetitions).map { slicedWasserstein(try clouds($0), truths[$0]) }.mean
    }
    let combinations = Self.combinations(recipe)
    var trained: (combination: Combination, model: TrainedModel?)?
    var rows: [Row] = []
    for combination in combinations {
      let recipe = Self.recipe(combination, from: recipe)
      let shared =
        trained.map {
          $0.combination.loss == combination.loss && $0.combination.prediction == combination.prediction
            && combination.loss.needs.variance == .fixed
        } ?? false
      if !shared {
        let trainer = try Trainer(points: points, dataset: source.name, origin: source.origin, recipe: recipe)
        // A diverging loss is a result, too.
        let finished = (try? trainer.run(steps: recipe.steps)) != nil
        trained = (combination, finished ? trainer.model : nil)
      }
      var found = Double.infinity
      if let model = trained?.model {
        // What the network was trained for is the default of the plan.
        let plan = try model.asModel(threads: recipe.threads).plan(
          SamplingRequest(grid: .chain, steps: recipe.schedule.steps))
        found = distance {
          standardization.apply(plan.samples(count: samples, seed: seed &+ UInt64($0)))
        }
      }
      rows.append(Row(combination: combination, slicedW2: found))
      progress(rows.count, combinations.count)
    }
    dataset = source.name
    floor = try distance {
      standardization.apply(try draws.standIn("floor \($0)", pair: $0).prefix(samples))
    }
    remark = draws.remark
    count = samples
    self.rows = rows
  }

  /// The distances as multiples of the best, one row per loss and prediction and one column per variance; a dash
  /// marks an invalid combination.
  package var table: TextTable {
    var table = TextTable(["loss", "prediction"] + ReverseVariance.trainable.map(\.rawValue))
    for loss in TrainingLoss.all {
      for prediction in Prediction.allCases {
        let cells = ReverseVariance.trainable.map { variance in
          rows.first {
            $0.combination == Combination(prediction: prediction, variance: variance, loss: loss)
          }
          .map { ($0.slicedW2 / best).fixed(2) } ?? "–"
        }
        guard cells.contains(where: { $0 != "–" }) else { continue }
        table.add([loss.name, prediction.rawValue] + cells)
      }
    }
    return table
  }
}

import DiffusionProcess
import Evaluation
import Models
import PointClouds
import ReverseSampling
import TinyNetwork

/// Every prediction with every variance and every loss that it goes with, trained alike on one data set and
/// compared by the samples.
package struct CombinationStudy: Sendable, Hashable {
  /// What a network is asked for and how it learns it.
  package struct Combination: Sendable, Hashable {
    /// What the network says of the means.
    package let prediction: Prediction
    /// The variance of the reverse steps.
    package let variance: ReverseVariance
    /// What training minimizes.
    package let loss: TrainingLoss
  }

  /// What one combination came to.
  package struct Row: Sendable, Hashable {
    /// The combination.
    package let combination: Combination
    /// The sliced W2 distance of its samples from the data, in standard units, the mean over ``repetitions``
    /// clouds; infinite where training diverged.
    package let slicedW2: Double
  }

  /// The data set.
  package let dataset: String
  /// The samples in each cloud.
  package let count: Int
  /// What a reader of the distances has to know about the true points; `nil` for a distribution.
  package let remark: String?
  /// The same of as many true points.
  package let floor: Double
  /// What came of each combination.
  package let rows: [Row]

  /// The smallest distance of all.
  package var best: Double { rows.map(\.slicedW2).min() ?? .infinity }

  /// Every combination that makes sense on a recipe's schedule, or on the one that its loss belongs to, and has
  /// Gaussian noise.
  package static func combinations(_ recipe: TrainingRecipe) -> [Combination] {
    TrainingLoss.registry.filter { $0.corruption == .gaussian }.flatMap { loss in
      Prediction.allCases.flatMap { prediction in
        ReverseVariance.trainable.map { Combination(prediction: prediction, variance: $0, loss: loss) }
      }
    }.filter { self.recipe($0, from: recipe).problem == nil }
  }

  /// The recipe of a combination: the schedule is the loss's own where it belongs to one.
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

  /// Clouds of samples, each compared with true points of its own: the best distances are near the floor, where
  /// those of single clouds scatter by a third.
  package static let repetitions = 4

  /// Trains and samples all combinations. All see the same points, batches and noise.
  /// - Parameters:
  ///   - recipe: what they have in common. Every chain visits all of its steps.
  ///   - samples: in each cloud, compared with twice as many true points; fewer where a file has too few rows.
  ///   - progress: called after each combination with how many are done and how many there are.
  /// - Throws: ``DataSourceError`` where the source cannot give enough points.
  /// - Complexity: one training a combination; losses that train no variance share one for both fixed variances.
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
      let all = try (0..<Self.repetitions).map { slicedWasserstein(try clouds($0), truths[$0]) }
      return all.reduce(0, +) / Double(all.count)
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
        // A loss that runs away is a result, too.
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

  /// The distances as multiples of the best, one row a loss and prediction and one column a variance; dashes are
  /// combinations that make no sense.
  package var table: TextTable {
    var table = TextTable(["loss", "prediction"] + ReverseVariance.trainable.map(\.rawValue))
    for loss in TrainingLoss.registry {
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

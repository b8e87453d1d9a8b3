import Evaluation
import Models
import PointClouds
import ReverseSampling
import TinyNetwork

/// A comparison of networks trained on files with networks trained on the distribution that the rows of the files
/// were drawn from, all evaluated on fresh points of the distribution.
package struct FileStudy: JSONReport, Sendable, Hashable, Codable {
  /// The result for one distribution.
  package struct Row: Sendable, Hashable, Codable {
    /// The distribution.
    package let dataset: String
    /// The sliced W₂ over its floor of each network that was trained on a file.
    package let files: [Double]
    /// The same ratio of networks that were trained on the distribution with the same seeds.
    package let distribution: [Double]
    /// The mean of ``files`` minus that of ``distribution``, and half the width of its 95 % confidence interval.
    package let difference, interval: Double

    init(_ dataset: String, files: [Double], distribution: [Double]) {
      let pairs = RepeatedMeasure(zip(files, distribution).map { $0 - $1 })
      (self.dataset, self.files, self.distribution) = (dataset, files, distribution)
      (difference, interval) = (pairs.mean, pairs.interval)
    }
  }

  /// The number of rows of each file.
  package static let rowsOfFile = 40_000

  /// The number of training steps.
  package let steps: Int
  /// The results.
  package let rows: [Row]

  /// Draws so many files of each distribution, trains on each file and as often on the distribution, and evaluates all
  /// samples.
  /// - Parameter progress: called with the number of steps done in all trainings together.
  /// - Throws: the errors of ``QualityStudy``.
  /// - Complexity: two trainings per file.
  package init(
    _ sources: [DataSource], files: Int, recipe: TrainingRecipe,
    judgement: QualityStudy.Judgement = .init(), progress: (_ steps: Int) throws -> Void = { _ in }
  ) throws {
    precondition(files >= 1, "\(files) files")
    var done = 0
    func ratio(_ trained: DataSource, _ law: DataSource, _ seed: UInt64) throws -> Double {
      var recipe = recipe
      recipe.seed = seed
      let trainer = try Trainer(
        points: try trained.trainingPoints(seed: seed), dataset: law.name, origin: trained.origin,
        recipe: recipe)
      while !trainer.isFinished {
        let before = trainer.step
        try trainer.run(steps: 500)
        done += trainer.step - before
        try progress(done)
      }
      let model = trainer.model.asModel(threads: recipe.threads)
      return try QualityStudy.Row(law, model, judgement, seed: seed, seconds: 0).ratio
    }
    steps = recipe.steps
    rows = try sources.map { law in
      var found: [(file: Double, distribution: Double)] = []
      for k in 0..<files {
        let seed = recipe.seed &+ UInt64(k)
        let rows = try law.sample(
          count: Self.rowsOfFile, seed: seed, purpose: NoiseSource.Purpose("rows of a file"))
        let file = DataSource(rows, name: law.name)
        found.append((try ratio(file, law, seed), try ratio(law, law, seed)))
      }
      return Row(law.name, files: found.map(\.file), distribution: found.map(\.distribution))
    }
  }

  /// The means, one row per distribution.
  package var table: TextTable {
    TextTable(
      ["data", "files", "trained on files", "on the distribution", "difference"],
      rows.map { row in
        [
          row.dataset, "\(row.files.count)", row.files.mean.fixed(3), row.distribution.mean.fixed(3),
          row.difference.text(3, interval: row.interval),
        ]
      })
  }
}

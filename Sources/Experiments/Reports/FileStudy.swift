import Evaluation
import Models
import PointClouds
import ReverseSampling
import TinyNetwork

/// Whether a file is learned as well as the distribution that its rows were drawn from: networks trained on files
/// and on the distribution itself, all judged by fresh points of the distribution.
package struct FileStudy: JSONReport, Sendable, Hashable, Codable {
  /// What came out on one distribution.
  package struct Row: Sendable, Hashable, Codable {
    /// The distribution.
    package let dataset: String
    /// The sliced W₂ over its floor of the networks trained on a file each.
    package let files: [Double]
    /// The same of networks trained on the distribution, by the same seeds.
    package let distribution: [Double]
    /// The mean of ``files`` less that of ``distribution``.
    package let difference: Double
    /// Half the width of the 95 % confidence interval of ``difference``.
    package let interval: Double

    init(_ dataset: String, files: [Double], distribution: [Double]) {
      let pairs = RepeatedMeasure(zip(files, distribution).map { $0 - $1 })
      self.dataset = dataset
      self.files = files
      self.distribution = distribution
      difference = pairs.mean
      interval = pairs.interval
    }
  }

  /// The rows of each file.
  package static let rowsOfFile = 40_000

  /// Training steps.
  package let steps: Int
  /// What came out.
  package let rows: [Row]

  /// Draws files of each distribution, trains on each file and as often on the distribution, and judges all samples.
  /// - Parameters:
  ///   - sources: distributions.
  ///   - files: how many of each.
  ///   - progress: called with the number of steps done, of all trainings together.
  /// - Throws: what ``QualityStudy`` throws.
  /// - Complexity: two trainings for every file.
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

  /// The means, one row a distribution.
  package var table: TextTable {
    func mean(_ values: [Double]) -> String { (values.reduce(0, +) / Double(values.count)).fixed(3) }
    var table = TextTable(["data", "files", "trained on files", "on the distribution", "difference"])
    for row in rows {
      table.add([
        row.dataset, "\(row.files.count)", mean(row.files), mean(row.distribution),
        "\(row.difference.fixed(3)) ± \(row.interval.fixed(3))",
      ])
    }
    return table
  }
}

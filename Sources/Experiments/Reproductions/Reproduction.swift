import PointClouds
import TinyNetwork

/// A published 2D experiment that the lab repeats: one file, and one line in ``Reproductions``.
package protocol Reproduction: Sendable {
  /// The name on the command line.
  var name: String { get }
  /// What is reproduced, in one line.
  var summary: String { get }
  /// Where the numbers were published.
  var source: String { get }
  /// The setting: data, scale, network, sizes.
  var setting: String { get }
  /// The differences from the source's setting, and other reasons why the numbers are not comparable.
  var differences: String { get }
  /// Runs the experiment.
  /// - Parameters:
  ///   - size: full for the published sizes; reduced for a check of one or two seconds.
  ///   - threads: 0 for one per processor; the findings do not depend on it.
  /// - Throws: the errors of training.
  func run(_ size: ReproductionSize, seed: UInt64, threads: Int) throws -> [Finding]
}

extension Reproduction {
  /// The model after all training steps of a recipe.
  func trained(
    by recipe: TrainingRecipe, on points: PointCloud, partners: PointCloud? = nil, seed: UInt64, threads: Int
  ) throws(TrainingError) -> TrainedModel {
    var recipe = recipe
    recipe.seed = seed
    recipe.threads = threads
    let trainer = try Trainer(points: points, partners: partners, dataset: name, recipe: recipe)
    try trainer.run(steps: recipe.steps)
    return trainer.model
  }
}

/// The size of a run of an experiment.
package enum ReproductionSize: Sendable, Hashable {
  /// The published sizes.
  case full
  /// Less training and fewer points.
  case reduced
}

/// One number of a reproduction, beside the published one.
package struct Finding: JSONReport, Sendable, Hashable, Codable {
  /// When the lab's value agrees with the published one.
  package enum Rule: Sendable, Hashable, Codable {
    /// For errors: at most the published value times this factor.
    case atMost(factor: Double)
    /// Within this distance of the published value.
    case within(Double)
  }

  /// What was measured.
  package let quantity: String
  /// The published value and the lab's.
  package let published, ours: Double
  /// The rule by which the two values agree.
  package let rule: Rule
  /// The limit of the value for any model, a noise floor or a ceiling, if it is known.
  package let limit: Double?

  /// The finding of a quantity.
  package init(_ quantity: String, published: Double, ours: Double, rule: Rule, limit: Double? = nil) {
    (self.quantity, self.published, self.ours, self.rule) = (quantity, published, ours, rule)
    self.limit = limit
  }

  /// Whether the lab's value agrees with the published one.
  package var isMet: Bool {
    switch rule {
    case .atMost(let factor): ours <= factor * published
    case .within(let tolerance): abs(ours - published) <= tolerance
    }
  }

  /// The rule in words.
  package var tolerance: String {
    switch rule {
    case .atMost(let factor): "at most \((factor * published).fixed(3))"
    case .within(let tolerance): "± \(tolerance.fixed(3))"
    }
  }
}

/// The results of a reproduction, for printing.
package struct ReproductionReport: JSONReport, Sendable, Hashable, Codable {
  /// The texts of the reproduction.
  package let name, summary, source, setting, differences: String
  /// The numbers.
  package let findings: [Finding]

  /// Runs a reproduction.
  package init(_ card: any Reproduction, size: ReproductionSize = .full, seed: UInt64, threads: Int) throws {
    (name, summary, source) = (card.name, card.summary, card.source)
    (setting, differences) = (card.setting, card.differences)
    findings = try card.run(size, seed: seed, threads: threads)
  }

  /// The report as lines of text.
  package var text: String {
    let table = TextTable(
      ["quantity", "published", "ours", "tolerance", "limit", "verdict"],
      findings.map {
        [
          $0.quantity, $0.published.fixed(3), $0.ours.fixed(3), $0.tolerance, $0.limit?.fixed(3) ?? "",
          $0.isMet ? "met" : "MISSED",
        ]
      })
    return """
      \(name): \(summary)
      source: \(source)
      setting: \(setting)
      differences: \(differences)
      \(table.text)
      """
  }
}

/// The registry of reproductions. A new one is one file and one line here.
package enum Reproductions {
  /// All reproductions, in the order in which they run.
  package static let all = Registry<any Reproduction>(
    "experiment",
    [
      CourseChamfer(),
      SwissRollBits(),
      TransportPathEnergy.fromNormal,
      TransportPathEnergy.fromMoons,
    ]
  ) { $0.name }
}

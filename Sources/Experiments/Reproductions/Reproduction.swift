import PointClouds
import TinyNetwork

/// A published result of a 2D experiment that the lab runs again: one file, and one line in ``Reproductions``.
package protocol Reproduction: Sendable {
  /// The name on the command line.
  var name: String { get }
  /// What is reproduced, in one line.
  var summary: String { get }
  /// Where the numbers were published.
  var source: String { get }
  /// The setting: data, scale, network, sizes.
  var setting: String { get }
  /// Where the setting is not that of the source, and what else keeps the numbers from being comparable.
  var differences: String { get }
  /// Runs the experiment.
  /// - Parameters:
  ///   - size: full for the published sizes; reduced for a check of a second or two.
  ///   - threads: 0 for one a processor; the findings do not depend on it.
  /// - Throws: what goes wrong in training.
  func run(_ size: ReproductionSize, seed: UInt64, threads: Int) throws -> [Finding]
}

extension Reproduction {
  /// The model that a recipe comes to after all its steps.
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

/// How much of an experiment is run.
package enum ReproductionSize: Sendable, Hashable {
  /// The published sizes.
  case full
  /// Less training and fewer points.
  case reduced
}

/// One number of a reproduction, ours beside theirs.
package struct Finding: JSONReport, Sendable, Hashable, Codable {
  /// When ours counts as theirs.
  package enum Rule: Sendable, Hashable, Codable {
    /// An error: at most theirs times this factor.
    case atMost(factor: Double)
    /// At most this far from theirs.
    case within(Double)
  }

  /// What was measured.
  package let quantity: String
  /// The published value.
  package let published: Double
  /// The lab's value.
  package let ours: Double
  /// When the two agree.
  package let rule: Rule
  /// What the value cannot pass whatever the model, where that is known: a noise floor or a ceiling.
  package let limit: Double?

  /// A finding.
  package init(_ quantity: String, published: Double, ours: Double, rule: Rule, limit: Double? = nil) {
    self.quantity = quantity
    self.published = published
    self.ours = ours
    self.rule = rule
    self.limit = limit
  }

  /// Whether ours agrees with theirs.
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

/// What a reproduction came to, to print.
package struct ReproductionReport: JSONReport, Sendable, Hashable, Codable {
  /// The card's name, source, setting and differences.
  package let name, summary, source, setting, differences: String
  /// Its numbers.
  package let findings: [Finding]

  /// Runs a card.
  package init(_ card: any Reproduction, size: ReproductionSize = .full, seed: UInt64, threads: Int) throws {
    name = card.name
    summary = card.summary
    source = card.source
    setting = card.setting
    differences = card.differences
    findings = try card.run(size, seed: seed, threads: threads)
  }

  /// The card as lines of text.
  package var text: String {
    var table = TextTable(["quantity", "published", "ours", "tolerance", "limit", "verdict"])
    for finding in findings {
      table.add([
        finding.quantity, finding.published.fixed(3), finding.ours.fixed(3), finding.tolerance,
        finding.limit?.fixed(3) ?? "", finding.isMet ? "met" : "MISSED",
      ])
    }
    return """
      \(name): \(summary)
      source: \(source)
      setting: \(setting)
      differences: \(differences)
      \(table.text)
      """
  }
}

/// All cards. A new one is one file and one line here.
package enum Reproductions {
  /// The cards, in the order in which they run.
  package static let all: [any Reproduction] = [
    CourseChamfer(), SwissRollBits(), TransportPathEnergy.fromNormal, TransportPathEnergy.fromMoons,
  ]

  /// The card of this name, or `nil` where there is none.
  package static func named(_ name: String) -> (any Reproduction)? { all.first { $0.name == name } }
}

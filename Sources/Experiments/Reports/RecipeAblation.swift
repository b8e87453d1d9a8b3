import DiffusionProcess
import Evaluation
import Figures
import PointClouds
import TinyNetwork

/// An ablation of the default recipe: variants that differ in one choice, trained for equally many steps and
/// evaluated alike.
package struct RecipeAblation: JSONReport, Sendable, Hashable, Codable {
  /// A recipe that differs from another in one choice.
  package struct Variant: Sendable {
    /// The difference.
    package let name: String
    private let change: @Sendable (inout TrainingRecipe) -> Void

    /// A variant with this name.
    package init(_ name: String, change: @escaping @Sendable (inout TrainingRecipe) -> Void) {
      (self.name, self.change) = (name, change)
    }

    /// The recipe with the changed choice.
    package func recipe(from recipe: TrainingRecipe) -> TrainingRecipe {
      var recipe = recipe
      change(&recipe)
      return recipe
    }
  }

  /// The variants, the recipe itself first. A new one is one line here.
  package static let variants: [Variant] = [
    Variant("the default recipe") { _ in },
    Variant("no Fourier features") { $0.fourierFeatures = 0 },
    Variant("predicts ε") { $0.prediction = .epsilon },
    Variant("predicts x₀") { $0.prediction = .clean },
    Variant("EDM's levels and weights") { $0.loss = .edm },
    Variant("linear schedule") { $0.schedule = .linear(steps: $0.schedule.steps) },
    Variant("constant learning rate") { $0.decay = .constant },
    Variant("learning rate of 1e-3") { $0.learningRate = 1e-3 },
    Variant("no average of the weights") { $0.emaDecay = 0 },
    Variant("constant rate, no average") {
      $0.decay = .constant
      $0.emaDecay = 0
    },
    Variant("a quarter of the batch") { $0.batch /= 4 },
    Variant("half the width") { $0.width /= 2 },
    Variant("one residual block") { $0.blocks = 1 },
  ]

  /// The result of one variant.
  package struct Row: Sendable, Hashable, Codable {
    /// The variant's name.
    package let variant: String
    /// Its results on all sets.
    package let study: QualityStudy
  }

  /// The results, in the order of the variants.
  package let rows: [Row]

  /// Trains every variant on every set.
  /// - Parameter progress: called with the number of steps done in all trainings together.
  /// - Throws: the errors of ``QualityStudy``.
  /// - Complexity: one training per variant and set.
  package init(
    _ sources: [DataSource], recipe: TrainingRecipe, variants: [Variant] = Self.variants,
    judgement: QualityStudy.Judgement = .init(), progress: (_ steps: Int) throws -> Void = { _ in }
  ) throws {
    var done = 0
    rows = try variants.map { variant in
      let study = try QualityStudy(sources, recipe: variant.recipe(from: recipe), judgement: judgement) {
        _, step in
        try progress(done + step)
        if step == recipe.steps { done += step }
      }
      return Row(variant: variant.name, study: study)
    }
  }

  /// The means over the sets, one row per variant.
  package var table: TextTable {
    TextTable(
      ["variant", "sliced W2 / floor", "C2ST accuracy"],
      rows.map { row in
        let (ratio, accuracy) = (row.study.meanRatio, row.study.meanAccuracy)
        return [
          row.variant, ratio.value.text(2, interval: ratio.interval),
          accuracy.value.text(3, interval: accuracy.interval),
        ]
      })
  }

  /// A figure of the means over the sets.
  package func figure(title: String) -> AblationFigure {
    AblationFigure(
      rows.map { AblationFigure.Row($0.variant, ratio: $0.study.meanRatio, accuracy: $0.study.meanAccuracy) },
      limits: (QualityStudy.largestRatio, QualityStudy.largestAccuracy), title: title)
  }
}

import PointClouds

/// A recipe with a name, to begin from.
///
/// A new one is one file and one line of `all`.
public struct NamedRecipe: Named {
  /// The name on the command line.
  package let name: String
  /// One line on what it is.
  package let summary: String
  /// The values.
  public let recipe: TrainingRecipe

  /// A recipe under a name.
  package init(_ name: String, _ summary: String, recipe: TrainingRecipe) {
    self.name = name
    self.summary = summary
    self.recipe = recipe
  }

  /// The default of this lab: ``TrainingRecipe/init()``.
  public static let lab = NamedRecipe("lab", "what works best here", recipe: TrainingRecipe())

  /// The recipes that a name can ask for.
  package static let all = Registry<NamedRecipe>("recipe", [.lab, .ddpm])
}

/// A recipe with a name, to begin from.
///
/// A new one is one file and one line of ``registry``.
public struct NamedRecipe: Sendable {
  /// The name on the command line.
  public let name: String
  /// One line on what it is.
  public let summary: String
  /// The values.
  public let recipe: TrainingRecipe

  /// A recipe under a name.
  public init(_ name: String, _ summary: String, recipe: TrainingRecipe) {
    self.name = name
    self.summary = summary
    self.recipe = recipe
  }

  /// The default of this lab: ``TrainingRecipe/init()``.
  public static let lab = NamedRecipe("lab", "what works best here", recipe: TrainingRecipe())

  /// The recipes that a name can ask for.
  public static let registry: [NamedRecipe] = [.lab, .ddpm]

  /// The recipe of this name, or `nil` where there is none.
  public static func named(_ name: String) -> TrainingRecipe? { registry.first { $0.name == name }?.recipe }
}

import DiffusionLab
import Foundation
import Testing

@Suite("The README")
struct ReadmeTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func readme() throws -> String {
    try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
  }

  @Test("Its ten lines of code do what they say")
  func tenLines() throws {
    // The README's lines with fewer steps, points and samples; a change of the interface fails here first.
    let source = try DataSource.load("moons")
    var recipe = TrainingRecipe()
    recipe.steps = 300
    let trainer = try Trainer(
      points: source.sample(count: 4000, seed: 0, purpose: .training), dataset: source.name, recipe: recipe)
    while !trainer.isFinished { _ = try trainer.run(steps: 500) }
    let model = ReverseModel(trainer.model)
    let samples = model.samples(count: 500, sampler: DDIM(), steps: 50, seed: 1)
    #expect(try ScoreCard(samples, against: source, seed: 1).table.contains("sliced W2"))

    let readme = try Self.readme()
    for call in [
      "DataSource.load(\"moons\")", "TrainingRecipe()", "Trainer(points: source.sample(count:",
      "trainer.run(steps:",
      "ReverseModel(trainer.model)", "model.samples(count: 5000, sampler: DDIM(), steps: 50, seed: 1)",
      "ScoreCard(samples, against: source, seed: 1).table",
    ] {
      #expect(readme.contains(call), "\(call)")
    }
  }

  @Test("Every figure that it shows is there, and every file of the gallery is one that it remakes")
  func figures() throws {
    let readme = try Self.readme()
    let shown = readme.matches(of: /\]\(Figures\/([^)]+)\)/).map { String($0.1) }
    let present = Set(
      try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Figures").path()))
    #expect(shown.count >= 7)
    #expect(Set(shown).isSubset(of: present))

    var recipe = TrainingRecipe()
    recipe.steps = 1
    recipe.width = 16
    recipe.blocks = 1
    recipe.schedule = .cosine(steps: 20)
    var made: Set<String> = Set(try Gallery.general(seed: 0).map(\.file))
    for name in Gallery.datasets {
      let source = try DataSource.load(name)
      let trainer = try Trainer(
        points: try source.sample(count: 100, seed: 0), dataset: name, recipe: recipe)
      try trainer.run(steps: 1)
      made.formUnion(try Gallery(trained: trainer.model, source: source, threads: 1).figures.map(\.file))
      made.insert("\(name)-animation.gif")
    }
    #expect(made == present)
  }
}

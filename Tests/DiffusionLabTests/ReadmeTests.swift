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
      points: source.trainingPoints(limit: 4000, seed: 0), dataset: source.name, origin: source.origin,
      recipe: recipe)
    while !trainer.isFinished { _ = try trainer.run(steps: 500) }
    let model = trainer.model.asModel()
    let samples = try model.samples(count: 500, sampler: DDIM(), steps: 50, seed: 1)
    #expect(try ScoreCard(samples, against: source, seed: 1).table.contains("sliced W2"))

    let readme = try Self.readme()
    for call in [
      "DataSource.load(\"moons\")", "TrainingRecipe()",
      "Trainer(points: source.trainingPoints(seed: 0), dataset: source.name,",
      "origin: source.origin, recipe: recipe)",
      "trainer.run(steps:",
      "trainer.model.asModel()", "model.samples(count: 5000, sampler: DDIM(), steps: 50, seed: 1)",
      "ScoreCard(samples, against: source, seed: 1).table",
    ] {
      #expect(readme.contains(call), "\(call)")
    }
  }

  /// A number as the README writes it: in words up to twenty, with commas above a thousand.
  private func text(_ number: Int) -> String {
    let words = [
      "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
      "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ]
    guard !words.indices.contains(number) else { return words[number] }
    let rest = "\(number % 1000)"
    return number < 1000
      ? rest : "\(number / 1000)," + String(repeating: "0", count: 3 - rest.count) + rest
  }

  @Test("The numbers that it tells are those of the lists and of the defaults")
  func numbers() throws {
    let readme = try Self.readme()
    var recipe = TrainingRecipe()
    recipe.width = 8
    recipe.blocks = 1
    let points = try DataSource.load("moons").sample(count: 50, seed: 0)
    let trained = try Trainer(points: points, dataset: "moons", recipe: recipe).model
    let model = trained.asModel(threads: 1)
    let chain = try model.plan(SamplingRequest(rule: DDIM(), steps: 5)).trajectory(count: 50, seed: 0)
    let figures = try LabFigures(model, data: points, seed: 0).all(
      trained: trained, chain: chain, samples: points)
    let judgement = QualityStudy.Judgement()
    let sampler = try #require(judgement.sampler)
    let sets = text(QualityStudy.datasets.count)
    let code = try #require(readme.firstMatch(of: /```swift\n((?s).*?)```/)?.1)
    let lines = code.split(separator: "\n").count
    #expect(text(12_000) == "12,000" && text(1007) == "1,007" && text(60) == "60")
    for told in [
      "trains a network on \(text(DataSource.defaultTrainingCount)) points",
      "with \(text(figures.count)) figures (each as SVG, PNG and PDF)",
      "trains on \(sets) sets", "trains the default recipe on \(sets) sets",
      "compares \(text(judgement.count)) samples (\(sampler.steps) steps of `\(sampler.name)`)",
      "Means over \(judgement.clouds) clouds, the classifier's over \(judgement.judged)",
      "the bounds are \(QualityStudy.largestRatio.fixed(2)) and \(QualityStudy.largestAccuracy.fixed(2))",
      "Training is \(text(TrainingRecipe().steps)) steps",
      "library in \(text(lines)) lines",
    ] {
      #expect(readme.contains(told), "\(told)")
    }
    for name in QualityStudy.datasets { #expect(readme.contains("| \(name) | 0."), "\(name)") }
    let package = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
    let tools = try #require(package.firstMatch(of: /swift-tools-version: ([\d.]+)/)?.1)
    #expect(readme.contains("Swift \(tools) or later"))
  }

  @Test("The losses that it names are there")
  func losses() throws {
    let sentence = try #require(try Self.readme().firstMatch(of: /training can minimize (.*?) by AdamW/)?.1)
    let named = sentence.matches(of: /\(`(?:--loss )?([^`]+)`\)/).map { String($0.1) }
    #expect(named.count >= 5 && named.allSatisfy { TrainingLoss.all.named($0) != nil }, "\(named)")
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

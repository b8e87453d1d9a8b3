import ArgumentParser
import DiffusionLab

/// Measures how close to the data a recipe's samples come.
struct QualityCommand: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "quality",
    abstract:
      "Trains on several sets and measures how far the samples are from the data, beside the noise floor.",
    discussion: """
      The ratio is the sliced W2 distance of 5,000 samples to 5,000 true points over that of two true draws; the \
      accuracy is that of a classifier that tries to tell samples from true points. Both are means over several \
      clouds. With --ablation each choice of the recipe is undone in turn, and -o can draw a figure.

      Example: difflab quality
      Example: difflab quality ring8 moons --steps 3000 --predict eps
      Example: difflab quality swissroll pinwheel --files 5
      Example: difflab quality swissroll ring8 checkerboard --ablation --steps 4000 -o ablation.svg
      """)

  @Argument(
    help: "Data sets: names, or paths of files. (default: \(QualityStudy.datasets.joined(separator: " ")))")
  var names: [String] = []

  @Option(
    help: "The sampler. (default: \(DPMSolverPlusPlus.kind.name))",
    completion: .list(Samplers.ofGaussianNoise.map(\.name)), transform: Samplers.all.find)
  var sampler: SamplerKind?

  @Option(help: "Steps of the reverse chain. (default: the sampler's own number)")
  var samplingSteps: Int?

  @Option(help: "Clouds of 5,000 samples per model.")
  var clouds = QualityStudy.Judgement().clouds

  @Flag(help: "Compares variants of the recipe that differ in one choice each.")
  var ablation = false

  @Option(
    help:
      "Trains instead on this many files of \(FileStudy.rowsOfFile) rows drawn from each set, and equally often on the set itself, and compares the ratios."
  )
  var files: Int?

  @Option(name: .shortAndLong, help: "A file for the table as Markdown, or, with --ablation, for the figure.")
  var output: String?

  @Flag(help: "Prints JSON.")
  var json = false

  @OptionGroup var training: TrainingOptions
  @OptionGroup var figure: FigureOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.map { [.file($0)] } ?? [] }
  var inputs: [String] { names }

  func validate() throws {
    try training.requireGaussianNoise("quality")
    try training.requireSteps("quality")
    try check(samplingSteps, "--sampling-steps", in: 1...100_000)
    try check(clouds, "--clouds", in: 2...100)
    try check(files, "--files", in: 1...20)
    if files != nil && ablation {
      throw ValidationError("--files: --ablation compares recipes on the sets alone.")
    }
    if let output { try check(ending: output, of: ablation ? ["svg", "png", "pdf", "md"] : ["md"]) }
    guard ablation else { return }
    let recipe = try training.recipe(seed: 0, threads: 0)
    for variant in RecipeAblation.variants {
      if let problem = variant.recipe(from: recipe).problem {
        throw ValidationError("--ablation: the variant “\(variant.name)” cannot be trained: \(problem).")
      }
    }
  }

  func run() throws {
    let recipe = try training.recipe(seed: global.seed, threads: global.threads)
    let sources = try (names.isEmpty ? QualityStudy.datasets : names).map {
      try reading.source($0, global.console)
    }
    var judgement = QualityStudy.Judgement()
    judgement.steps = samplingSteps
    judgement.clouds = clouds
    judgement.threads = global.threads
    if let sampler { judgement.sampler = sampler }
    let result =
      if let files {
        try compareFiles(files, sources, recipe, judgement)
      } else if ablation {
        try compare(sources, recipe, judgement)
      } else {
        try measure(sources, recipe, judgement)
      }
    global.console.result(json ? try result.report.json() : result.table.text)
    guard let output else { return }
    if let drawn = result.figure, !output.hasSuffix(".md") {
      try figure.write(drawn, to: output)
    } else {
      try AtomicFile.write(result.table.markdown + "\n", to: output)
    }
  }

  /// What is printed and what is drawn.
  private struct Result {
    let report: any JSONReport
    let table: TextTable
    var figure: AblationFigure?
  }

  private func measure(
    _ sources: [DataSource], _ recipe: TrainingRecipe, _ judgement: QualityStudy.Judgement
  ) throws -> Result {
    var done = 0
    var progress = ProgressBar(total: sources.count * recipe.steps, console: global.console)
    let study = try QualityStudy(sources, recipe: recipe, judgement: judgement) { _, step in
      progress.show(done: done + step, loss: nil)
      if step == recipe.steps { done += step }
    }
    progress.finish()
    for row in study.rows { row.remark.map { global.console.note("\(row.dataset): \($0)") } }
    return Result(report: study, table: study.table)
  }

  private func compareFiles(
    _ files: Int, _ sources: [DataSource], _ recipe: TrainingRecipe, _ judgement: QualityStudy.Judgement
  ) throws -> Result {
    if let file = sources.first(where: { $0.available != nil }) {
      throw ValidationError("--files: \(file.name) is itself a file, of which no fresh points can be drawn.")
    }
    var progress = ProgressBar(total: 2 * files * sources.count * recipe.steps, console: global.console)
    let study = try FileStudy(sources, files: files, recipe: recipe, judgement: judgement) {
      progress.show(done: $0, loss: nil)
    }
    progress.finish()
    return Result(report: study, table: study.table)
  }

  private func compare(
    _ sources: [DataSource], _ recipe: TrainingRecipe, _ judgement: QualityStudy.Judgement
  ) throws -> Result {
    let total = RecipeAblation.variants.count * sources.count * recipe.steps
    var progress = ProgressBar(total: total, console: global.console)
    let study = try RecipeAblation(sources, recipe: recipe, judgement: judgement) {
      progress.show(done: $0, loss: nil)
    }
    progress.finish()
    // More names than these do not fit over the figure.
    let names = sources.count > 3 ? "\(sources.count) sets" : sources.map(\.name).joined(separator: ", ")
    return Result(
      report: study, table: study.table,
      figure: study.figure(title: "\(recipe.steps) steps on \(names)"))
  }
}

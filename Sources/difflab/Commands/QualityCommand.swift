import ArgumentParser
import DiffusionLab

/// Measures how close to the data a recipe's samples come.
struct QualityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quality",
    abstract:
      "Trains on several sets and says how far the samples are from the data, beside the noise floor.",
    discussion: """
      The ratio is the sliced W2 distance of 5,000 samples to 5,000 true points over that of two true draws; the \
      accuracy is that of a classifier that tries to tell samples from true points. Both are means over several \
      clouds.

      Example: difflab quality
      Example: difflab quality ring8 moons --steps 3000 --predict v
      """)

  @Argument(
    help: "Data sets: names, or paths of files. (default: \(QualityStudy.datasets.joined(separator: " ")))")
  var names: [String] = []

  @Option(help: "The sampler; the model's usual one where it is left out.")
  var sampler: String?

  @Option(help: "Steps of the reverse chain. (default: as many as the sampler recommends)")
  var samplingSteps: Int?

  @Option(help: "Clouds of 5,000 samples that are drawn of each model.")
  var clouds = QualityStudy.Judgement().clouds

  @Option(name: .shortAndLong, help: "A file for the table as Markdown.")
  var output: String?

  @Flag(help: "Prints JSON.")
  var json = false

  @OptionGroup var training: TrainingOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try check(samplingSteps, "--sampling-steps", in: 1...100_000)
    try check(clouds, "--clouds", in: 2...100)
    if let output { try check(ending: output, of: ["md"]) }
    if let sampler, SamplerRegistry.entry(sampler) == nil {
      throw unknown(sampler, "--sampler", among: SamplerRegistry.entries.map(\.name))
    }
  }

  func run() throws {
    let recipe = try training.recipe(seed: global.seed, threads: global.threads)
    let sources = try (names.isEmpty ? QualityStudy.datasets : names).map { try DataSource.load($0) }
    var judgement = QualityStudy.Judgement()
    judgement.steps = samplingSteps
    judgement.clouds = clouds
    judgement.threads = global.threads
    judgement.sampler = sampler
    var done = 0
    var progress = ProgressBar(total: sources.count * recipe.steps, console: global.console)
    let study = try QualityStudy(sources, recipe: recipe, judgement: judgement) { dataset, step in
      progress.show(done: done + step, loss: nil)
      if step == recipe.steps { done += step }
    }
    progress.finish()
    global.console.result(json ? try study.json() : study.table.text)
    if let output { try AtomicFile.write(study.table.markdown + "\n", to: output) }
  }
}

import ArgumentParser
import DiffusionLab

/// Trains every combination of prediction, variance and loss, and compares them.
struct CombinationsCommand: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "combinations",
    abstract: "Trains every sensible combination of prediction, variance and loss, and compares the samples.",
    discussion: """
      Each cell is the sliced W2 distance of the samples from the data, as a multiple of the smallest one. All \
      networks train for equally many steps, and the ancestral chain with all of its steps samples them (for \
      cfm-ot Euler's method).

      Example: difflab combinations
      Example: difflab combinations ring8 --steps 6000 -o ring8.md
      """)

  @Argument(help: "Data sets: names, or paths of files. (default: moons aniso3)")
  var names: [String] = []

  @Option(name: .shortAndLong, help: "A file for the tables as Markdown.")
  var output: String?

  @Option(help: "Steps of each training.")
  var steps = 4000

  @Option(help: "Examples per step.")
  var batch = 256

  @Option(
    help: "Width and number of the hidden layers, as WIDTHxBLOCKS. (default: 96x3)",
    transform: HiddenLayers.init)
  var hidden = HiddenLayers(width: 96, blocks: 3)

  @Option(help: "T, the steps of the chains.")
  var timesteps = 100

  @Option(help: "Samples in each of the \(CombinationStudy.repetitions) clouds per combination.")
  var count = 4000

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.map { [.file($0)] } ?? [] }
  var inputs: [String] { names }

  func validate() throws {
    try check(timesteps, "--timesteps", in: 1...10_000)
    try check(count, "--count", in: 100...100_000)
    if let output { try check(ending: output, of: ["md"]) }
    if let problem = recipe.problem { throw ValidationError(problem + ".") }
  }

  private var recipe: TrainingRecipe {
    var recipe = TrainingRecipe()
    recipe.steps = steps
    recipe.batch = batch
    recipe.fourierFeatures = 0  // the bare network, so that nothing but the combination matters
    recipe.width = hidden.width
    recipe.blocks = hidden.blocks
    recipe.schedule = .cosine(steps: timesteps)
    recipe.warmup = min(recipe.warmup, steps)
    recipe.seed = global.seed
    recipe.threads = global.threads
    return recipe
  }

  func run() throws {
    let recipe = recipe
    var text = ""
    for name in names.isEmpty ? ["moons", "aniso3"] : names {
      let source = try reading.source(name, global.console)
      let total = CombinationStudy.combinations(recipe).count
      var progress = ProgressBar(total: total, console: global.console)
      let study = try CombinationStudy(source, recipe: recipe, samples: count) { done, _ in
        progress.show(done: done, loss: nil)
      }
      progress.finish()
      let part = """
        \(source.name): \(steps) steps of \(batch) examples, a network of \(hidden.text), T = \(timesteps), \
        \(CombinationStudy.repetitions) times \(study.count) samples, seed \(global.seed). The best sliced W2 is \
        \(study.best.fixed(4)) in standard units; that of as many true points is \(study.floor.fixed(4)).
        """ + (study.remark.map { "\n\($0)." } ?? "")
      global.console.result(part + "\n\n" + study.table.text + "\n")
      text += part + "\n\n" + study.table.markdown + "\n\n"
    }
    if let output { try AtomicFile.write(text, to: output) }
  }
}

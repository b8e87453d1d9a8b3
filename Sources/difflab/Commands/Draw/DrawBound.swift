import ArgumentParser
import DiffusionLab

struct DrawBound: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "bound",
    abstract: "Draws the variational bound of models by term, beside the exact entropy.",
    discussion: """
      Of mixture:NAME alone it draws the exact bound with each of the variances that need no training.

      Example: difflab draw bound mixture:ring8 -o bound.svg --steps 10
      Example: difflab draw bound fixed.safetensors full.safetensors -o bound.svg --steps 10
      """)

  @OptionGroup var subject: ModelListOptions

  @Option(help: "Steps of the chains.")
  var steps = 50

  @Option(help: "How many held-out points.")
  var points = 4000

  @OptionGroup var output: FigureOutput
  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { output.outputs }
  var inputs: [String] { subject.inputs }

  func validate() throws {
    try check(steps, "--steps", in: 2...1000)
    try check(points, "--points", in: 2...1_000_000)
  }

  func run() throws {
    let (models, source) = try subject.load(global)
    for (name, model) in models where steps > model.schedule.steps {
      throw ValidationError("--steps \(steps): the chain of \(name) has T = \(model.schedule.steps) steps.")
    }
    let first = models[0].model
    if subject.models.count == 1, subject.models[0].exactMixture != nil {
      return try figure.write(BoundFigure(exact: first, steps: steps), to: output.output)
    }
    let reports = try models.map { name, model in
      (name, try BoundReport(model, steps: steps, source: source, count: points, seed: global.seed))
    }
    try figure.write(BoundFigure(reports, first: first, steps: steps), to: output.output)
  }
}

import ArgumentParser
import DiffusionLab

struct DrawBound: DrawingCommand {
  static let configuration = CommandConfiguration(
    commandName: "bound",
    abstract: "Draws the variational bound of models by term, beside the exact entropy.",
    discussion: """
      Of mixture:NAME alone it draws the exact bound with each of the variances that need no training; with \
      --variance the bound of that one beside the best chain.

      Example: difflab draw bound mixture:ring8 -o bound.svg --steps 10
      Example: difflab draw bound fixed.safetensors full.safetensors -o bound.svg --steps 10
      """)

  @OptionGroup var subject: ModelListOptions

  @Option(help: "Steps of the chains.")
  var steps = 50

  @Option(
    help:
      "The variance of the reverse steps: \(VarianceChoice.help). (default: what each model was trained for, or optimal for mixture:NAME)",
    completion: .list(VarianceChoice.all.names), transform: VarianceChoice.all.find)
  var variance: VarianceChoice?

  @Option(help: "How many held-out points.")
  var points = 4000

  @OptionGroup var drawing: DrawingOptions

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
    if variance == nil, subject.models.count == 1, subject.models[0].exactMixture != nil {
      return try write(BoundFigure(exact: first, steps: steps))
    }
    let reports = try models.map { name, model in
      let variance = try variance.map { choice in try usage { try model.variance(choice) } }
      let report = try BoundReport(
        model, steps: steps, variance: variance, source: source, count: points, seed: global.seed)
      return (variance.map { "\(name), \($0.rawValue)" } ?? name, report)
    }
    try write(BoundFigure(reports, first: first, steps: steps))
  }
}

import ArgumentParser
import DiffusionLab

struct DrawErrors: DrawingCommand {
  static let configuration = CommandConfiguration(
    commandName: "errors",
    abstract: "Draws the error of noise prediction by noise level over the exact floor.",
    discussion: "Example: difflab draw errors ring8.safetensors -o errors.svg")

  @OptionGroup var subject: ModelListOptions

  @Option(help: "How many held-out points.")
  var points = 2000

  @Option(help: "How many noise levels.")
  var levels = 50

  @OptionGroup var drawing: DrawingOptions

  var inputs: [String] { subject.inputs }

  func validate() throws {
    try check(points, "--points", in: 2...1_000_000)
    try check(levels, "--levels", in: 2...1000)
  }

  func run() throws {
    let (models, source) = try subject.load(global)
    let chain = models[0].model.schedule
    for (name, model) in models where model.schedule != chain {
      throw ValidationError(
        "\(name) has the schedule \(model.schedule.name) of \(model.schedule.steps) steps and the first model "
          + "\(chain.name) of \(chain.steps); give models of the same schedule.")
    }
    let reports = try models.map { name, model in
      (name, try NoiseReport(model, source: source, count: points, levels: levels, seed: global.seed))
    }
    try write(ErrorFigure(reports, chain: chain.steps))
  }
}

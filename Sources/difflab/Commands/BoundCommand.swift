import ArgumentParser
import DiffusionLab

/// Measures a model's variational bound.
struct BoundCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bound",
    abstract: "Measures the variational bound of a model term by term, beside the entropy of its data.",
    discussion: """
      In nats over both coordinates, in the units of the data. If the data are a Gaussian mixture, the \
      entropy and the bound of the best chain with as many steps are exact, and the excess shows which terms lose \
      how much.

      Example: difflab bound ring8.safetensors
      Example: difflab bound ring8.safetensors --steps 10 --json
      Example: difflab bound mixture:ring8 --steps 10 --variance analytic
      """)

  @OptionGroup var subject: SubjectOptions

  @Option(help: "Steps of the chain. (default: all of the model's, 100 at most)")
  var steps: Int?

  @Option(
    help:
      "The variance of the reverse steps: \(VarianceChoice.help). (default: what the model was trained for, or optimal for mixture:NAME)",
    completion: .list(VarianceChoice.all.names), transform: VarianceChoice.all.find)
  var variance: VarianceChoice?

  @Option(help: "How many held-out points.")
  var points = 4000

  @Flag(help: "Prints JSON.")
  var json = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try check(steps, "--steps", in: 1...100_000)
    try check(points, "--points", in: 2...1_000_000)
  }

  func run() throws {
    let model = try subject.reference.load(global)
    let diffusion = try usage { try model.requireDiffusion() }
    let chain = diffusion.schedule.steps
    if let steps, steps > chain {
      throw ValidationError("--steps \(steps): the model's chain has T = \(chain) steps.")
    }
    let report = try BoundReport(
      diffusion, steps: steps ?? min(chain, 100),
      variance: try variance.map { choice in try usage { try diffusion.variance(choice) } },
      source: try subject.measuredSource(of: model, global.console), count: points, seed: global.seed)
    global.console.result(json ? try report.json() : report.summary)
  }
}

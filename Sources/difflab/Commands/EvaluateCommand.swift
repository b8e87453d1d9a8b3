import ArgumentParser
import DiffusionLab

/// Measures how well a model predicts noise.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measures a model's noise prediction on held-out points, by noise level.",
    discussion: """
      If the data are a Gaussian mixture, each error stands beside that of the exact denoiser, which no \
      training can undercut, and the excess is what training can still remove.

      Example: difflab evaluate ring8.safetensors
      Example: difflab evaluate moons.safetensors --levels 50 --json
      """)

  @OptionGroup var subject: SubjectOptions

  @Option(help: "How many held-out points.")
  var points = 4000

  @Option(help: "How many noise levels, spread evenly over the chain.")
  var levels = 10

  @Flag(help: "Prints JSON.")
  var json = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try check(points, "--points", in: 2...1_000_000)
    try check(levels, "--levels", in: 1...10_000)
  }

  func run() throws {
    let model = try subject.reference.load(global)
    let diffusion = try usage { try model.requireDiffusion() }
    let report = try NoiseReport(
      diffusion, source: try subject.measuredSource(of: model, global.console), count: points, levels: levels,
      seed: global.seed)
    global.console.result(json ? try report.json() : report.summary)
  }
}

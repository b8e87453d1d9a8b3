import ArgumentParser
import DiffusionLab

/// Draws samples from a model.
struct SampleCommand: WritingCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Draws samples from a model by a reverse chain.",
    discussion: """
      Example: difflab sample moons.safetensors -o samples.csv --count 2000 --sampler ddim --steps 50
      Example: difflab sample mixture:ring8 -o samples.csv
      Example: difflab sample box.safetensors -o samples.csv --sampler reflected-em --steps 100
      """)

  @OptionGroup var argument: ModelArgument

  @Option(name: .shortAndLong, help: "The file of samples to write; .csv or .npy.")
  var output: String

  @Option(help: "How many samples.")
  var count = 2000

  @OptionGroup var sampling: SamplingOptions

  @Option(help: "Also writes every step of the chain, as an array (steps + 1, count, 2), to this .npy file.")
  var trajectory: String?

  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { [.file(output)] + (trajectory.map { [.file($0)] } ?? []) }
  var inputs: [String] { [argument.model.text] }

  func validate() throws {
    try check(count, "--count", in: 1...1_000_000)
    try check(ending: output, of: ["csv", "npy"])
    if let trajectory { try check(ending: trajectory, of: ["npy"]) }
  }

  func run() throws {
    let model = try argument.model.load(global)
    let plan = try sampling.plan(for: model, recorded: trajectory == nil ? nil : count)
    let samples: PointCloud
    if let path = trajectory {
      let clouds = plan.trajectory(count: count, seed: global.seed)
        .map { cloud, _ in plan.units.undo(cloud) }
      samples = clouds.samples
      try NPYFile.write(clouds.clouds, to: path)
    } else {
      samples = plan.samples(count: count, seed: global.seed)
    }
    try PointCloudFile.write(samples, to: output)
    global.console.note(
      "\(count) samples of \(model.name), \(plan.steps) steps of \(plan.name) → \(output)")
  }
}

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

  @OptionGroup var model: ModelArgument

  @Option(name: .shortAndLong, help: "The file of samples to write; .csv or .npy.")
  var output: String

  @Option(help: "How many samples.")
  var count = 2000

  @OptionGroup var sampling: SamplingOptions

  @Option(help: "Also writes every step of the chain, as an array (steps + 1, count, 2), to this .npy file.")
  var trajectory: String?

  @OptionGroup var global: GlobalOptions

  var outputs: [Output] { [.file(output)] + (trajectory.map { [.file($0)] } ?? []) }
  var inputs: [String] { [model.model.text] }

  func validate() throws {
    try check(count, "--count", in: 1...1_000_000)
    try check(ending: output, of: ["csv", "npy"])
    if let trajectory { try check(ending: trajectory, of: ["npy"]) }
  }

  func run() throws {
    switch try model.model.loadAny(threads: global.threads) {
    case .plain(let model): try sample(model)
    case .reflected(let model): try sample(model)
    }
  }

  private func sample(_ model: ReverseModel) throws {
    let chain = try sampling.chain(for: model)
    let samples: PointCloud
    if let path = trajectory {
      try check(count * (chain.grid.steps + 1), "--count times --steps", in: 1...50_000_000)
      let clouds = model.trajectory(count: count, of: chain, seed: global.seed)
        .map(model.standardization.undo)
      samples = clouds.samples
      try NPYFile.write(clouds.clouds, to: path)
    } else {
      samples = model.samples(count: count, of: chain, seed: global.seed)
    }
    try write(samples, "\(count) samples of \(model.name), \(chain.grid.steps) steps of \(chain.name)")
  }

  private func sample(_ model: ReflectedModel) throws {
    let (entry, steps) = try sampling.chain(for: model)
    let samples: PointCloud
    if let path = trajectory {
      try check(count * (steps + 1), "--count times --steps", in: 1...50_000_000)
      let chain = model.trajectory(count: count, sampler: entry.sampler, steps: steps, seed: global.seed)
      samples = chain.samples
      try NPYFile.write(chain.clouds, to: path)
    } else {
      samples = model.samples(count: count, sampler: entry.sampler, steps: steps, seed: global.seed)
    }
    try write(samples, "\(count) samples of \(model.name) between walls, \(steps) steps of \(entry.name)")
  }

  private func write(_ samples: PointCloud, _ what: String) throws {
    try PointCloudFile.write(samples, to: output)
    global.console.note("\(what) → \(output)")
  }
}

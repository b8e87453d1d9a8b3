import ArgumentParser
import DiffusionLab

struct DrawForward: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forward", abstract: "Draws a data set on its way to noise.",
    discussion: "Example: difflab draw forward swissroll -o forward.svg --schedule linear")

  @Argument(help: "A data set: a name, or the path of a CSV, NPY or mixture JSON file.")
  var name: String

  @Option(help: "The noise schedule: \(DiscreteSchedule.registry.map(\.name).joined(separator: ", ")).")
  var schedule = "cosine"

  @Option(help: "T, the steps of the chain.")
  var timesteps = 1000

  @Option(help: "How many points.")
  var count = 2000

  @OptionGroup var output: FigureOutput
  @OptionGroup var figure: FigureOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try check(count, "--count", in: 2...1_000_000)
    _ = try namedSchedule(schedule, steps: timesteps)
  }

  func run() throws {
    let source = try DataSource.load(name)
    let schedule = try namedSchedule(schedule, steps: timesteps)
    if let warning = schedule.priorWarning { global.console.warning(warning) }
    let cloud = try source.sample(count: count, seed: global.seed)
    guard let standardization = Standardization(of: cloud) else {
      throw ValidationError("\(name): all \(count) points are equal; draw more of them.")
    }
    let strip = ForwardStrip(
      standardization.apply(cloud), schedule: schedule,
      noise: NoiseSource(seed: global.seed, purpose: .forward))
    try figure.write(strip, to: output.output)
  }
}

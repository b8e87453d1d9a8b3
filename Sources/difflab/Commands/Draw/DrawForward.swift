import ArgumentParser
import DiffusionLab

struct DrawForward: DrawingCommand {
  static let configuration = CommandConfiguration(
    commandName: "forward", abstract: "Draws a data set on its way to noise.",
    discussion: """
      Example: difflab draw forward swissroll -o forward.svg --schedule linear
      Example: difflab draw forward box -o forward.svg --reflected
      """)

  @Argument(help: "A data set: a name, or the path of a CSV, NPY or mixture JSON file.")
  var name: String

  @Option(
    help:
      "The noise schedule: \(DiscreteSchedule.all.list). (default: cosine)",
    completion: .list(DiscreteSchedule.all.names), transform: DiscreteSchedule.all.find)
  var schedule: ScheduleKind?

  @Option(help: "T, the steps of the chain. (default: 1000)")
  var timesteps: Int?

  @Flag(help: "Mirrors the noise at the walls of the set, or of the smallest box around its points.")
  var reflected = false

  @Option(help: "How many points.")
  var count = 2000

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var drawing: DrawingOptions

  var inputs: [String] { [name] }

  func validate() throws {
    try check(count, "--count", in: 2...1_000_000)
    try check(timesteps, "--timesteps", in: 1...100_000)
    if reflected && (schedule != nil || timesteps != nil) {
      throw ValidationError(
        "--reflected: noise between walls has a process of its own; leave the schedule out.")
    }
  }

  func run() throws {
    let source = try reading.source(name, global.console)
    if reflected { return try drawReflected(source) }
    let steps = timesteps ?? 1000
    let schedule = schedule?.make(steps) ?? .cosine(steps: steps)
    if let warning = schedule.priorWarning { global.console.warning(warning) }
    let cloud = try source.sample(count: count, seed: global.seed)
    guard let standardization = Standardization(of: cloud) else {
      throw ValidationError("\(name): all \(count) points are equal; draw more of them.")
    }
    let strip = ForwardStrip(
      standardization.apply(cloud), schedule: schedule,
      noise: NoiseSource(seed: global.seed, purpose: .forward))
    try write(strip)
  }

  private func drawReflected(_ source: DataSource) throws {
    let cloud = try source.sample(count: count, seed: global.seed)
    let box = source.box ?? DataBox(around: cloud)
    guard box.hasExtent else {
      throw ValidationError(
        "\(name): \(count) points on a line leave no room between walls; give another set.")
    }
    let strip = ForwardStrip(
      cloud, ReflectedDiffusion(box: box), noise: NoiseSource(seed: global.seed, purpose: .forward))
    try write(strip)
  }
}

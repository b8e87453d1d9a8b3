import ArgumentParser
import DiffusionLab

/// Measures how fast this machine is.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract:
      "Measures training, sampling and drawing on one and on all threads, against the machine's limit.",
    discussion: """
      Times pieces of work in turns and prints the medians, so that other work on the machine disturbs all alike. \
      Still, keep the machine idle, and build with -c release.

      Example: difflab bench
      Example: difflab bench --shape 128x3x256 --json --threads 2
      Example: difflab bench --scaling
      """)

  @Option(
    name: .customLong("shape"),
    help: "A training step to time, as WIDTHxBLOCKSxBATCH; may be repeated. (default: the standard shapes)",
    transform: TrainingShape.parsed)
  var shapes: [TrainingShape] = []

  @Option(help: "Timings of each piece of work.")
  var repetitions = 7

  @Option(help: "Seconds that one timing takes, approximately.")
  var burst = 0.1

  @Flag(help: "Shows instead how training time grows with batch, width and threads.")
  var scaling = false

  @Flag(help: "Times training only.")
  var trainingOnly = false

  @Flag(help: "Prints JSON.")
  var json = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    try check(repetitions, "--repetitions", in: 1...1000)
    try check(burst, "--burst", in: 0.001...60)
    if scaling && shapes.count > 1 { throw ValidationError("--scaling goes around one --shape.") }
  }

  func run() throws {
    let all = global.threads == 0 ? ThreadTeam.processors : global.threads
    let stopwatch = Stopwatch(repetitions: repetitions, burst: .seconds(burst))
    if !ThreadTeam.instructionSet.sameBitsEverywhere {
      global.console.warning("this processor has no fused multiply-add: a third of the speed, and other bits")
    }
    if scaling {
      let report = try ScalingReport(
        around: shapes.first ?? TrainingShape(width: 128, blocks: 3, batch: 256), threads: all,
        stopwatch: stopwatch)
      global.console.result(json ? try report.json() : report.text)
    } else {
      let report = try Benchmark(
        shapes: shapes.isEmpty ? TrainingShape.standard : shapes, threads: all == 1 ? [1] : [1, all],
        stopwatch: stopwatch, others: !trainingOnly)
      global.console.result(json ? try report.json() : report.text)
    }
  }
}

extension TrainingShape {
  /// The shape that a user named.
  /// - Throws: a usage error with what is wrong with it.
  fileprivate static func parsed(_ text: String) throws -> TrainingShape {
    guard let shape = TrainingShape(text) else {
      throw ValidationError("give WIDTHxBLOCKSxBATCH, such as 128x3x256.")
    }
    if let problem = shape.problem { throw ValidationError(problem + ".") }
    return shape
  }
}

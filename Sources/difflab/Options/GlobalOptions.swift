import ArgumentParser
import DiffusionLab

/// What every command understands.
struct GlobalOptions: ParsableArguments {
  @Option(help: "The seed of all randomness; the same seed gives the same result.")
  var seed: UInt64 = 0

  @Option(help: "The number of threads, which changes no result; 0 for all processors.")
  var threads = 0

  @Flag(name: .shortAndLong, help: "Prints no notes and no progress.")
  var quiet = false

  /// Where notes go.
  var console: Console { Console(quiet: quiet) }

  func validate() throws {
    try check(threads, "--threads", in: 0...256)
  }
}

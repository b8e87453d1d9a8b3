import ArgumentParser
import DiffusionLab

/// What every command understands.
struct GlobalOptions: ParsableArguments {
  @Option(help: "All randomness comes from this number; the same seed gives the same result.")
  var seed: UInt64 = 0

  @Option(help: "How many threads work; results do not depend on it. 0 takes all processors.")
  var threads = 0

  @Flag(name: .shortAndLong, help: "No notes and no progress.")
  var quiet = false

  /// Where notes go.
  var console: Console { Console(quiet: quiet) }

  func validate() throws {
    guard (0...256).contains(threads) else {
      throw ValidationError("--threads \(threads): give 1 to 256, or 0 for all processors.")
    }
  }
}

/// Checks a whole number that a user gave.
/// - Throws: a usage error that names the option and the range.
func check(_ value: Int?, _ option: String, in range: ClosedRange<Int>) throws {
  guard let value, !range.contains(value) else { return }
  throw ValidationError(
    "\(option) \(value): give a whole number from \(range.lowerBound) to \(range.upperBound).")
}

/// Checks that a file's ending is one of those that can be written; a pipe or `/dev/stdout` needs none, and takes
/// the first of them.
/// - Throws: a usage error that lists them.
func check(ending path: String, of endings: [String]) throws {
  if path.isEmpty { throw ValidationError("an empty path names no file; name one.") }
  let name = path.split(separator: "/").last ?? ""
  let ending = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last ?? ""
  guard endings.contains(ending.lowercased()) || OutputPlace.isStream(path) else {
    throw ValidationError(
      "\(path): the ending picks the format; end the name in \(endings.map { "." + $0 }.joined(separator: ", "))."
    )
  }
}

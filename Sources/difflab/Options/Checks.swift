import ArgumentParser
import DiffusionLab

/// Checks a whole number that a user gave.
/// - Throws: a usage error that names the option and the range.
func check(_ value: Int?, _ option: String, in range: ClosedRange<Int>) throws {
  guard let value, !range.contains(value) else { return }
  throw ValidationError(
    "\(option) \(value): give a whole number from \(range.lowerBound) to \(range.upperBound).")
}

/// Checks a number that a user gave.
/// - Throws: a usage error that names the option and the range.
func check(_ value: Double?, _ option: String, in range: ClosedRange<Double>) throws {
  guard let value, !range.contains(value) else { return }
  throw ValidationError(
    "\(option) \(value.shortest): give a number from \(range.lowerBound.shortest) to \(range.upperBound.shortest)."
  )
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

extension Registry {
  /// The names, for help.
  var list: String { names.joined(separator: ", ") }
}

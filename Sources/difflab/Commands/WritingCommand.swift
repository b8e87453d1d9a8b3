import ArgumentParser

/// A command that writes files. They are looked at in one place, before any work.
protocol WritingCommand: ParsableCommand {
  /// What the command will write.
  var outputs: [Output] { get }
  /// What the user named to be read: paths, or names of sets, which are no files.
  var inputs: [String] { get }
}

extension WritingCommand {
  var inputs: [String] { [] }

  /// Checks that every output can be written, and that none would destroy another or an input.
  /// - Throws: ``FileError`` where one cannot be written, a usage error where one would destroy something.
  func checkOutputs() throws {
    try Output.check(outputs, inputs: inputs)
  }
}

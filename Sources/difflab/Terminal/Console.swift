import DiffusionLab
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where the command line speaks: results on standard output, all else on standard error.
struct Console: Sendable {
  /// Whether notes and progress are left out.
  let quiet: Bool

  /// Whether standard output carries a file that the user sent there, such as points for another program.
  private static let carriesFile = Atomic<Bool>(false)

  /// From here on results go to standard error, so that they do not mix with the file on standard output.
  static func leaveOutputToFile() { carriesFile.store(true, ordering: .relaxed) }

  /// Prints a line of the result; where it cannot be written, the command ends here and says so.
  func result(_ line: String) {
    let code = ByteChannel.write(
      Array((line + "\n").utf8), to: Self.carriesFile.load(ordering: .relaxed) ? STDERR_FILENO : STDOUT_FILENO
    )
    if code != 0 {
      CommandEnd.end(FileError(path: "standard output", system: "could not be written whole", code: code))
    }
  }

  /// Says something about the work, unless quiet.
  func note(_ line: String) {
    if !quiet { Self.say(line + "\n") }
  }

  /// Says something that the user must know, quiet or not.
  func warning(_ line: String) {
    Self.say("warning: \(line)\n")
  }

  /// Whether standard error is a terminal, where a line can be drawn over.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes text to standard error at once. Where nobody reads it any more it is lost, and the work goes on.
  static func say(_ text: String) {
    _ = ByteChannel.write(Array(text.utf8), to: STDERR_FILENO)
  }
}

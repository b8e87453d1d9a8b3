import ArgumentParser
import DiffusionLab

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How the program begins and ends as a process among others.
enum CommandEnd {
  /// The exit code of a command whose output nobody reads any more, as of any that a closed pipe ends.
  private static let closedPipe: Int32 = 128 + SIGPIPE

  /// Sets up signals and standard files; to be called before any work.
  static func prepare() {
    // Without these a file that is opened could become the standard output, and results would go into it. What
    // was closed stays closed to writing, so that a result that is lost is an error.
    for file in STDIN_FILENO...STDERR_FILENO where fcntl(file, F_GETFD) < 0 {
      _ = open("/dev/null", file == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
    // Errors of writing that name the file, instead of signals that end the program in the middle.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    Interrupt.install()
  }

  /// Says what ended a command, and exits with its code.
  static func end(_ error: any Error) -> Never {
    if let stopped = error as? Interruption {
      Console.say("\(stopped)\n")
      exit(Interrupt.status)
    }
    if let file = fileError(error), file.isClosedPipe { exit(closedPipe) }
    let code = Difflab.exitCode(for: error)
    let text = Difflab.fullMessage(for: error)
    if !text.isEmpty {
      // Help and version are what was asked for.
      if code.isSuccess { Console(quiet: false).result(text) } else { Console.say(text + "\n") }
    }
    exit(code.rawValue)
  }

  private static func fileError(_ error: any Error) -> FileError? {
    if case .file(let file)? = error as? RenderingError { return file }
    return error as? FileError
  }
}

import DiffusionLab
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How Ctrl-C, a hang-up and a request to terminate end a command: all alike, with exit code 130.
///
/// They end it at once and remove a half-written file; only training that has a checkpoint to write asks between
/// its steps, writes what was learned, and then ends. A second signal ends that at once too.
enum Interrupt {
  /// The exit code of an interrupted command.
  static let status: Int32 = 128 + SIGINT

  private static let polled = Atomic<Bool>(false)
  private static let seen = Atomic<Bool>(false)

  /// Makes the signals end the command as described; to be called before any work.
  static func install() {
    // A handler must not be the first to touch what is made when it is first touched.
    UnfinishedFile.prepare()
    _ = polled.load(ordering: .relaxed)
    _ = seen.load(ordering: .relaxed)
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let before = signal(number) { Interrupt.handle($0) }
      // Under nohup a hang-up stays ignored. A shell ignores Ctrl-C for what it starts in the background, but
      // whoever sends the signal to this very process means it.
      if number != SIGINT, unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
      sigaddset(&signals, number)
    }
    // Whoever started the program may have blocked them; a blocked one would never arrive.
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Does work that asks ``requested`` now and then, so that the first signal does not end it.
  static func polling<Result>(_ body: () throws -> Result) rethrows -> Result {
    polled.store(true, ordering: .sequentiallyConsistent)
    defer { polled.store(false, ordering: .sequentiallyConsistent) }
    return try body()
  }

  /// Whether a signal came during ``polling(_:)``.
  static var requested: Bool { seen.load(ordering: .sequentiallyConsistent) }

  /// Calls nothing that may not be called in the handler of a signal.
  private static func handle(_ number: Int32) {
    if polled.load(ordering: .sequentiallyConsistent) {
      if !seen.exchange(true, ordering: .sequentiallyConsistent) { return }
      // A terminal that closes hangs up twice, by the shell and by the system; nobody is impatient there.
      if number == SIGHUP { return }
    }
    UnfinishedFile.remove()
    let text: StaticString = "interrupted\n"
    #if canImport(Glibc)
      _ = Glibc.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    #elseif canImport(Musl)
      _ = Musl.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    #else
      _ = Darwin.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    #endif
    _exit(status)
  }
}

/// Work that a signal stopped after it kept what there was to keep.
struct Interruption: Error, CustomStringConvertible {
  /// What was done so far, and how to go on.
  let description: String
}

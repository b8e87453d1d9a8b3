import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C as a question that long work asks between two steps.
enum Interrupt {
  private static let seen = Atomic<Bool>(false)

  /// From here on Ctrl-C is noted instead of ending the program; a second one ends it.
  static func watch() {
    seen.store(false, ordering: .relaxed)
    // Whoever started the program may have blocked the signal; a blocked one would never arrive.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    signal(SIGINT) { _ in
      Interrupt.seen.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
  }

  /// Whether Ctrl-C was pressed since ``watch()``.
  static var requested: Bool { seen.load(ordering: .relaxed) }
}

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

  /// Prints a line of the result.
  func result(_ line: String) {
    Self.write(line + "\n", to: STDOUT_FILENO)
  }

  /// Says something about the work, unless quiet.
  func note(_ line: String) {
    if !quiet { Self.write(line + "\n", to: STDERR_FILENO) }
  }

  /// Says something that the user must know, quiet or not.
  func warning(_ line: String) {
    Self.write("warning: \(line)\n", to: STDERR_FILENO)
  }

  /// Whether standard error is a terminal, where a line can be drawn over.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes text at once; what cannot be written (a closed pipe) is lost.
  static func write(_ text: String, to file: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { buffer in
        #if canImport(Darwin)
          Darwin.write(file, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
          Musl.write(file, buffer.baseAddress, buffer.count)
        #else
          Glibc.write(file, buffer.baseAddress, buffer.count)
        #endif
      }
      if count <= 0 { return }
      bytes = bytes.dropFirst(count)
    }
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a file could not be read or written, with what to do about it.
package struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file's path.
  package let path: String
  /// The line, counted from 1, where the file is text and the fault has a place.
  package let line: Int?
  /// What was wrong.
  package let problem: String
  /// What to do.
  package let remedy: String
  /// Whether whoever read the pipe that was written to has gone, which is no fault of the writer.
  package let isClosedPipe: Bool

  /// An error about the file at `path`.
  package init(path: String, line: Int? = nil, problem: String, remedy: String) {
    self.path = path
    self.line = line
    // A problem may quote the file, and nothing in a file may speak to the terminal.
    self.problem = problem.printable(400)
    self.remedy = remedy
    isClosedPipe = false
  }

  /// What the system said last, as the error of something that was to be done at `path`.
  package init(path: String, system what: String, code: Int32 = errno) {
    self.path = path
    line = nil
    problem = "\(what) (\(String(cString: strerror(code))))"
    remedy =
      switch code {
      case ENOSPC, EFBIG, EDQUOT: "free some space or choose another disk"
      case EACCES, EPERM, EROFS: "choose a place that you may write, or change its permissions"
      case ENAMETOOLONG: "choose a shorter name"
      case ELOOP: "the link leads to itself; name a file"
      case ENOENT: "check the name"
      default: "check the path and the disk"
      }
    isClosedPipe = code == EPIPE
  }

  /// `path:line: problem; remedy`
  package var description: String {
    "\(path)\(line.map { ":\($0)" } ?? ""): \(problem); \(remedy)"
  }
}

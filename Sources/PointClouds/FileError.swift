#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The reason why a file could not be read or written, with a remedy.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file's path.
  public let path: String
  /// The line of the fault, counted from 1; `nil` if the file is not text or the fault has no line.
  public let line: Int?
  /// What was wrong.
  package let problem: String
  /// What the user can do about it.
  package let remedy: String
  /// Whether the reader of the pipe that was written to has gone, which is no fault of the writer.
  package let isClosedPipe: Bool

  /// An error about the file at `path`.
  package init(path: String, line: Int? = nil, problem: String, remedy: String) {
    self.path = path
    self.line = line
    // A problem may quote the file, and bytes of a file must not control the terminal.
    self.problem = problem.printable(400)
    self.remedy = remedy
    isClosedPipe = false
  }

  /// The error of a system call about the file at `path`.
  /// - Parameter what: what failed, as in "cannot be read".
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
  public var description: String {
    "\(path)\(line.map { ":\($0)" } ?? ""): \(problem); \(remedy)"
  }
}

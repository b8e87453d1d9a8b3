#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a file could not be read or written, with what to do about it.
public struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file's path.
  public let path: String
  /// The line, counted from 1, where the file is text and the fault has a place.
  public let line: Int?
  /// What was wrong.
  public let problem: String
  /// What to do.
  public let remedy: String

  /// An error about the file at `path`.
  public init(path: String, line: Int? = nil, problem: String, remedy: String) {
    self.path = path
    self.line = line
    // A problem may quote the file, and nothing in a file may speak to the terminal.
    self.problem = problem.printable(400)
    self.remedy = remedy
  }

  /// `path:line: problem; remedy`
  public var description: String {
    "\(path)\(line.map { ":\($0)" } ?? ""): \(problem); \(remedy)"
  }
}

/// Files that are either whole or not there: written beside their place, then renamed.
public enum AtomicFile {
  /// Writes `bytes` to `path`, replacing what was there only once all of it is on disk.
  ///
  /// Folders on the way are made. On any failure the old file stays as it was and nothing is left behind.
  /// - Throws: ``FileError`` where the folder cannot be written or the disk is full.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try makeFolder(path.parent, for: path)
    // Devices and pipes (/dev/stdout, a process substitution) cannot be renamed over.
    if let kind = kind(of: path), kind != S_IFREG {
      guard kind != S_IFDIR else {
        throw FileError(path: path, problem: "is a folder", remedy: "name a file in it")
      }
      return try put(bytes, into: path, named: path, flags: O_WRONLY)
    }
    let temporary = "\(path).\(getpid()).partial"
    do throws(FileError) {
      try put(bytes, into: temporary, named: path, flags: O_WRONLY | O_CREAT | O_TRUNC)
      guard rename(temporary, path) == 0 else { throw failure(path, "cannot be put in place") }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Writes text as UTF-8, as the bytes are written.
  public static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  /// All bytes of the file at `path`.
  /// - Parameter limit: the most bytes to accept, so that a device without an end does not fill the memory.
  /// - Throws: ``FileError`` where it is not there, cannot be read or is longer than `limit`.
  public static func read(_ path: String, limit: Int = 1 << 30) throws(FileError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure(path, "cannot be read") }
    defer { close(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fill(file, &block)
      guard count >= 0 else { throw failure(path, "cannot be read") }
      if count == 0 { return bytes }
      bytes += block[..<count]
      guard bytes.count <= limit else {
        throw FileError(
          path: path, problem: "has more than \(limit) bytes", remedy: "give a smaller file")
      }
    }
  }

  /// Makes the folder at `path` and those above it, where they are missing.
  /// - Throws: ``FileError`` naming the folder that could not be made.
  public static func makeFolder(_ path: String) throws(FileError) {
    try makeFolder(path, for: path)
  }

  private static func makeFolder(_ folder: String, for path: String) throws(FileError) {
    if folder.isEmpty { return }
    if let kind = kind(of: folder) {
      guard kind == S_IFDIR else {
        throw FileError(path: path, problem: "\(folder) is no folder", remedy: "choose another place")
      }
      return
    }
    try makeFolder(folder.parent, for: path)
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
      throw failure(path, "the folder \(folder) cannot be made")
    }
  }

  private static func put(
    _ bytes: [UInt8], into target: String, named path: String, flags: Int32
  ) throws(FileError) {
    let file = open(target, flags | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failure(path, "cannot be written") }
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        #if canImport(Darwin)
          Darwin.write(file, buffer.baseAddress.map { $0 + sent }, bytes.count - sent)
        #elseif canImport(Musl)
          Musl.write(file, buffer.baseAddress.map { $0 + sent }, bytes.count - sent)
        #else
          Glibc.write(file, buffer.baseAddress.map { $0 + sent }, bytes.count - sent)
        #endif
      }
      if count < 0 {
        if errno == EINTR { continue }
        let error = failure(path, "could not be written whole")
        close(file)
        throw error
      }
      sent += count
    }
    // A full disk may speak up only here.
    guard close(file) == 0 else { throw failure(path, "could not be written whole") }
  }

  private static func fill(_ file: Int32, _ block: inout [UInt8]) -> Int {
    while true {
      let count = block.withUnsafeMutableBytes { buffer in
        #if canImport(Darwin)
          Darwin.read(file, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
          Musl.read(file, buffer.baseAddress, buffer.count)
        #else
          Glibc.read(file, buffer.baseAddress, buffer.count)
        #endif
      }
      if count < 0 && errno == EINTR { continue }
      return count
    }
  }

  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  private static func failure(_ path: String, _ what: String) -> FileError {
    let code = errno
    let remedy =
      switch code {
      case ENOSPC, EFBIG, EDQUOT: "free some space or choose another disk"
      case EACCES, EPERM, EROFS: "choose a place that you may write, or change its permissions"
      case ENOENT: "check the name"
      default: "check the path and the disk"
      }
    return FileError(path: path, problem: "\(what) (\(String(cString: strerror(code))))", remedy: remedy)
  }
}

extension String {
  /// The folder part of a path, empty where there is none.
  fileprivate var parent: String {
    guard let slash = lastIndex(of: "/") else { return "" }
    return slash == startIndex && count > 1 ? "/" : String(self[..<slash])
  }
}

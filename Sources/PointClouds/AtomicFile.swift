#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files that are either whole or not there: written beside their place, then renamed.
package enum AtomicFile {
  /// Writes `bytes` to `path`, replacing what was there only once all of it is on disk.
  ///
  /// Folders on the way are made. On any failure the old file stays as it was and nothing is left behind. A link
  /// stays and what it leads to is replaced; an old file's owner and permissions stay too. A pipe or a device is
  /// written into as it is, and so is `/dev/stdout`.
  /// - Throws: ``FileError`` where the file cannot be written or the disk is full.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    switch try OutputPlace(path) {
    case .folder: throw folderError(path)
    case .descriptor(let file): try send(bytes, to: file, named: path)
    case .stream(let target):
      let file = try OpenedFile.writing(target, named: path)
      defer { close(file) }
      try send(bytes, to: file, named: path)
    case .file(let target):
      try makeFolder(target.parentFolder, for: path)
      try refuseProtected(target, named: path)
      try PartialFile.put(bytes, at: target, named: path)
    }
  }

  /// Writes text as UTF-8, as the bytes are written.
  package static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  /// All bytes of the file at `path`.
  /// - Parameter limit: the most bytes to accept, so that a pipe without an end does not fill the memory.
  /// - Throws: ``FileError`` where it is not there, cannot be read, is a device or a pipe that nobody writes to, or is
  ///   longer than `limit`.
  package static func read(_ path: String, limit: Int = 1 << 30) throws(FileError) -> [UInt8] {
    let file = try OpenedFile.reading(path)
    defer { close(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = ByteChannel.read(file, into: &block)
      guard count >= 0 else { throw FileError(path: path, system: "cannot be read") }
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
  package static func makeFolder(_ path: String) throws(FileError) {
    try makeFolder(path, for: path)
  }

  private static func makeFolder(_ folder: String, for path: String) throws(FileError) {
    if folder.isEmpty { return }
    if let status = FileStatus(following: folder) {
      guard status.isFolder else {
        throw FileError(path: path, problem: "\(folder) is no folder", remedy: "choose another place")
      }
      return
    }
    try makeFolder(folder.parentFolder, for: path)
    guard mkdir(folder, 0o777) == 0 || errno == EEXIST && FileStatus(following: folder)?.isFolder == true
    else {
      throw FileError(path: path, system: "the folder \(folder) cannot be made")
    }
    _ = ByteChannel.synchronize(folder: folder.parentFolder)
  }

  private static func send(_ bytes: [UInt8], to file: Int32, named path: String) throws(FileError) {
    let code = ByteChannel.write(bytes, to: file)
    guard code == 0 else { throw FileError(path: path, system: "could not be written whole", code: code) }
  }

  /// A file that is write-protected is left alone, although its folder would let it be replaced.
  static func refuseProtected(_ target: String, named path: String) throws(FileError) {
    guard access(target, W_OK) == 0 || errno == ENOENT else {
      throw FileError(path: path, system: "cannot be written")
    }
  }

  static func folderError(_ path: String) -> FileError {
    FileError(path: path, problem: "is a folder", remedy: "name a file in it")
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads files, and writes each so that it is either complete or absent: beside its place, then renamed.
package enum AtomicFile {
  /// Writes `bytes` to `path` and replaces an existing file only once all of them are on disk.
  ///
  /// Creates missing folders of the path. On any failure the old file stays unchanged and no partial file remains. A
  /// symbolic link stays and its target is replaced; owner and permissions of an old file stay too. A pipe, a device
  /// and `/dev/stdout` are written to directly.
  /// - Throws: ``FileError`` if the file cannot be written or the disk is full.
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

  /// Writes text in UTF-8, with the same guarantees as bytes.
  package static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  /// All bytes of the file at `path`.
  /// - Parameter limit: the most bytes to accept, so that an endless pipe does not fill the memory.
  /// - Throws: ``FileError`` if the file does not exist, cannot be read, is a device, is a pipe without a writer,
  ///   or is longer than `limit`.
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

  /// Creates the folder at `path` and its parent folders, as far as they are missing.
  /// - Throws: ``FileError`` naming the folder that could not be created.
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

  /// Throws if the file is write-protected, although its folder would allow to replace it.
  static func refuseProtected(_ target: String, named path: String) throws(FileError) {
    guard access(target, W_OK) == 0 || errno == ENOENT else {
      throw FileError(path: path, system: "cannot be written")
    }
  }

  static func folderError(_ path: String) -> FileError {
    FileError(path: path, problem: "is a folder", remedy: "name a file in it")
  }
}

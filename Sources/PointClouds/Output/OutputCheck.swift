#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Checks that an output can be written before it is computed, and leaves no file behind.
package enum OutputCheck {
  /// Checks that a file can be written at `path`.
  /// - Parameter streams: whether a pipe or a device is allowed.
  /// - Throws: ``FileError`` if a file could not be written there.
  package static func file(_ path: String, streams: Bool) throws(FileError) {
    switch try OutputPlace(path) {
    case .folder: throw AtomicFile.folderError(path)
    case .descriptor(let file):
      let flags = fcntl(file, F_GETFL)
      guard streams else { throw streamError(path) }
      guard flags >= 0, flags & O_ACCMODE != O_RDONLY else {
        throw FileError(path: path, system: "cannot be written", code: EBADF)
      }
    case .stream(let target):
      guard streams else { throw streamError(path) }
      guard access(target, W_OK) == 0 else { throw FileError(path: path, system: "cannot be written") }
    case .file(let target):
      let place = try MissingPlace(target, named: path)
      if place.parts.count == 1 { try AtomicFile.refuseProtected(target, named: path) }
      try PartialFile.probe(beside: place.folder.appending(part: "probe"), named: path)
    }
  }

  /// Checks that a folder, and files in it, can be written.
  /// - Throws: ``FileError`` if the folder cannot be created or a file could not be written into it.
  package static func folder(_ path: String, files: [String] = []) throws(FileError) {
    guard !path.isEmpty else {
      throw FileError(path: "“”", problem: "an empty path names no folder", remedy: "name a folder")
    }
    let place = try MissingPlace(path.appending(part: "probe"), named: path)
    guard place.parts.count == 1 else {
      return try PartialFile.probe(beside: place.folder.appending(part: "probe"), named: path)
    }
    try PartialFile.probe(beside: path.appending(part: "probe"), named: path)
    for name in files { try file(path.appending(part: name), streams: false) }
  }

  private static func streamError(_ path: String) -> FileError {
    FileError(
      path: path, problem: "is a pipe or a device, which cannot be written repeatedly",
      remedy: "name a regular file")
  }
}

/// The identity of a file, existing or not yet: equal for two paths that lead to the same file.
package struct FileIdentity: Hashable, Sendable {
  private let existing: [UInt64]
  private let missing: [String]

  /// The identity of the file that would be written at a path; `nil` if none could be.
  package init?(output path: String) {
    switch try? OutputPlace(path) {
    case .descriptor(let file):
      guard let status = FileStatus(of: file) else { return nil }
      existing = status.identity
      missing = []
    case .stream(let target):
      guard let status = FileStatus(following: target) else { return nil }
      existing = status.identity
      missing = []
    case .file(let target):
      if let status = FileStatus(following: target) {
        existing = status.identity
        missing = []
      } else {
        guard let place = try? MissingPlace(target, named: path), let folder = place.status else {
          return nil
        }
        existing = folder.identity
        missing = place.parts
      }
    case .folder, nil: return nil
    }
  }

  /// The identity of the file that is read at a path; `nil` if there is no regular file that writing could destroy.
  package init?(input path: String) {
    guard let status = FileStatus(following: path), status.isRegular else { return nil }
    existing = status.identity
    missing = []
  }
}

/// The nearest existing folder above a path, and the rest of the path.
private struct MissingPlace {
  let folder: String
  /// The parts of the path below the folder; the last one is the file.
  let parts: [String]

  var status: FileStatus? { FileStatus(following: folder.isEmpty ? "." : folder) }

  init(_ target: String, named path: String) throws(FileError) {
    var folder = target.parentFolder
    var parts = [target.lastPart]
    while FileStatus(following: folder.isEmpty ? "." : folder) == nil {
      guard errno == ENOENT || errno == ENOTDIR, !folder.isEmpty, folder != "/" else {
        throw FileError(path: path, system: "cannot be written")
      }
      if !["", "."].contains(folder.lastPart) { parts.insert(folder.lastPart, at: 0) }
      folder = folder.parentFolder
    }
    self.folder = folder
    self.parts = parts
    guard let status, status.isFolder else {
      throw FileError(path: path, problem: "\(folder) is no folder", remedy: "choose another place")
    }
    guard parts.allSatisfy({ $0.utf8.count <= Int(NAME_MAX) }) else {
      throw FileError(path: path, system: "cannot be written", code: ENAMETOOLONG)
    }
  }
}

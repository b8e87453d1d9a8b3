#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a path leads to when something is written to it, with links followed.
package enum OutputPlace: Sendable, Hashable {
  /// A file that this process inherited open: `/dev/stdout`, or the `/dev/fd/63` of a process substitution.
  case descriptor(Int32)
  /// A pipe or a device, which is written to directly.
  case stream(path: String)
  /// A file, existing or not yet, at a path whose last part is no link.
  case file(path: String)
  /// A folder.
  case folder

  /// Follows the links of a path; a link to a missing file leads to the file that will be created there.
  /// - Throws: ``FileError`` if the path is empty, links form a cycle, or the system forbids to follow them.
  package init(_ path: String) throws(FileError) {
    guard !path.isEmpty else {
      throw FileError(path: "“”", problem: "an empty path names no file", remedy: "name a file")
    }
    var target = path
    for _ in 0..<Self.mostLinks {
      if let descriptor = Self.descriptor(target) {
        self = .descriptor(descriptor)
        return
      }
      guard let kind = try Self.kind(of: target, named: path) else {
        self = target.namesFolder ? .folder : .file(path: target)
        return
      }
      guard kind == S_IFLNK else {
        self =
          switch kind {
          case S_IFDIR: .folder
          case S_IFREG: .file(path: target)
          default: .stream(path: target)
          }
        return
      }
      // The system may forbid to follow a link, for example in a folder that every user can write to.
      let status = FileStatus(following: target)
      if status == nil && errno != ENOENT { throw FileError(path: path, system: "cannot be written") }
      guard let next = Self.link(target) else { throw FileError(path: path, system: "cannot be written") }
      let place = next.utf8.first == UInt8(ascii: "/") ? next : target.parentFolder.appending(part: next)
      // Open files of other processes are links whose text is no path.
      if status != nil, Self.descriptor(place) == nil, try Self.kind(of: place, named: path) == nil {
        self = .stream(path: target)
        return
      }
      target = place
    }
    throw FileError(path: path, system: "cannot be written", code: ELOOP)
  }

  /// Whether a path leads to a pipe, a device or an open file, whose name has no meaningful ending.
  package static func isStream(_ path: String) -> Bool {
    switch try? OutputPlace(path) {
    case .descriptor, .stream: true
    case .file, .folder, nil: false
    }
  }

  /// Whether a path leads to a file that this process inherited open.
  static func isDescriptor(_ path: String) -> Bool {
    if case .descriptor? = try? OutputPlace(path) { true } else { false }
  }

  private static let mostLinks = 40

  /// The kind of file at a path, without following a link; `nil` if there is none.
  private static func kind(of target: String, named path: String) throws(FileError) -> mode_t? {
    var status = stat()
    if lstat(target, &status) == 0 { return status.st_mode & S_IFMT }
    // If a parent is a file, the error about that folder is thrown later.
    guard errno == ENOENT || errno == ENOTDIR else {
      throw FileError(path: path, system: "cannot be written")
    }
    return nil
  }

  /// The file descriptor that a path names.
  private static func descriptor(_ path: String) -> Int32? {
    guard let number = Int32(path.lastPart), number >= 0, !path.parentFolder.isEmpty,
      let real = realpath(path.parentFolder, nil)
    else { return nil }
    defer { free(real) }
    return ["/dev/fd", "/proc/\(getpid())/fd"].contains(String(cString: real)) ? number : nil
  }

  private static func link(_ path: String) -> String? {
    var text = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink(path, &text, text.count)
    return count < 0 ? nil : String(decoding: text[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// The status that the system reports about a file.
struct FileStatus {
  private let status: stat

  /// The status of the file that a path leads to; on `nil`, `errno` has the reason.
  init?(following path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.status = status
  }

  /// The status of an open file.
  init?(of file: Int32) {
    var status = stat()
    guard fstat(file, &status) == 0 else { return nil }
    self.status = status
  }

  var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }
  var isPipe: Bool { status.st_mode & S_IFMT == S_IFIFO }
  var isDevice: Bool { [S_IFCHR, S_IFBLK].contains(status.st_mode & S_IFMT) }
  var isRegular: Bool { status.st_mode & S_IFMT == S_IFREG }
  /// The permission bits.
  var permissions: mode_t { status.st_mode & 0o7777 }
  var owner: uid_t { status.st_uid }
  var group: gid_t { status.st_gid }
  /// The number of hard links to it.
  var names: Int { Int(status.st_nlink) }
  /// Device and inode number, which are the same for all names of one file.
  var identity: [UInt64] { [UInt64(truncatingIfNeeded: status.st_dev), UInt64(status.st_ino)] }
}

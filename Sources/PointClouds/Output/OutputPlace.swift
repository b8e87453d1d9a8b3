#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where a path leads when something is written to it, its links followed.
package enum OutputPlace: Sendable, Hashable {
  /// A file that this process was given open: `/dev/stdout`, or the `/dev/fd/63` of a process substitution.
  case descriptor(Int32)
  /// A pipe or a device, which is written into as it is.
  case stream(path: String)
  /// A file, there or not yet, at a path whose last part is no link.
  case file(path: String)
  /// A folder.
  case folder

  /// Follows the links of a path; one that leads to nothing yet leads to the file that will be there.
  /// - Throws: ``FileError`` where the path is empty, links lead in a circle or the system lets nobody follow them.
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
      // The system may forbid to follow a link, as in a folder that anybody can write; then so do we.
      let status = FileStatus(following: target)
      if status == nil && errno != ENOENT { throw FileError(path: path, system: "cannot be written") }
      guard let next = Self.link(target) else { throw FileError(path: path, system: "cannot be written") }
      let place = next.utf8.first == UInt8(ascii: "/") ? next : target.parentFolder.appending(part: next)
      // The open files of other processes are links whose text is no path.
      if status != nil, Self.descriptor(place) == nil, try Self.kind(of: place, named: path) == nil {
        self = .stream(path: target)
        return
      }
      target = place
    }
    throw FileError(path: path, system: "cannot be written", code: ELOOP)
  }

  /// Whether a path leads to a pipe, a device or an open file, where no ending says what is to be written.
  package static func isStream(_ path: String) -> Bool {
    switch try? OutputPlace(path) {
    case .descriptor, .stream: true
    case .file, .folder, nil: false
    }
  }

  /// Whether a path leads to a file that this process was given open.
  static func isDescriptor(_ path: String) -> Bool {
    if case .descriptor? = try? OutputPlace(path) { true } else { false }
  }

  private static let mostLinks = 40

  /// What stands at a path, a link as such; `nil` where nothing does.
  private static func kind(of target: String, named path: String) throws(FileError) -> mode_t? {
    var status = stat()
    if lstat(target, &status) == 0 { return status.st_mode & S_IFMT }
    // A file where a folder should be is said of the folder, later.
    guard errno == ENOENT || errno == ENOTDIR else {
      throw FileError(path: path, system: "cannot be written")
    }
    return nil
  }

  /// The open file that a path names.
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

/// What the system knows of a file.
struct FileStatus {
  private let status: stat

  /// Of the file that a path leads to; `nil` where there is none, and `errno` says why.
  init?(following path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.status = status
  }

  /// Of an open file.
  init?(of file: Int32) {
    var status = stat()
    guard fstat(file, &status) == 0 else { return nil }
    self.status = status
  }

  var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }
  var isPipe: Bool { status.st_mode & S_IFMT == S_IFIFO }
  var isDevice: Bool { [S_IFCHR, S_IFBLK].contains(status.st_mode & S_IFMT) }
  var isRegular: Bool { status.st_mode & S_IFMT == S_IFREG }
  /// The bits of permission.
  var permissions: mode_t { status.st_mode & 0o7777 }
  var owner: uid_t { status.st_uid }
  var group: gid_t { status.st_gid }
  /// In how many folders it has a name.
  var names: Int { Int(status.st_nlink) }
  /// Device and number: what is the same for all names of one file.
  var identity: [UInt64] { [UInt64(truncatingIfNeeded: status.st_dev), UInt64(status.st_ino)] }
}

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes a file under a temporary name beside its place, and then renames it.
///
/// The temporary name is `.NAME.PID-RANDOM.partial`: no other user can guess it and put a link there, and the next
/// writer of NAME recognizes what a killed one has left. The writer holds a lock on the file while it lives.
enum PartialFile {
  /// Allows one file at a time, because the signal handler removes a single one.
  private static let turn = Mutex<Void>(())

  /// Puts a file of `bytes` at `target` once all of them are on disk; owner and permissions of an old file stay.
  /// - Parameter path: the path that errors name.
  static func put(_ bytes: [UInt8], at target: String, named path: String) throws(FileError) {
    try turn.withLock { _ throws(FileError) in
      Leftovers.remove(of: target)
      let old = FileStatus(following: target)
      let (file, partial) = try create(beside: target, mode: old?.permissions ?? 0o666, named: path)
      defer {
        UnfinishedFile.end()
        close(file)
      }
      do throws(FileError) {
        if let old { try take(over: old, file, named: path) }
        var code = ByteChannel.write(bytes, to: file)
        if code == 0 { code = ByteChannel.synchronize(file) }
        guard code == 0 else {
          throw FileError(path: path, system: "could not be written whole", code: code)
        }
        guard rename(partial, target) == 0 else {
          throw FileError(path: path, system: "cannot be put in place")
        }
      } catch {
        unlink(partial)
        throw error
      }
      let code = ByteChannel.synchronize(folder: target.parentFolder)
      guard code == 0 else { throw FileError(path: path, system: "may not be on disk", code: code) }
    }
  }

  /// Throws if no file can be created beside `target`; leaves none behind.
  static func probe(beside target: String, named path: String) throws(FileError) {
    try turn.withLock { _ throws(FileError) in
      let (file, partial) = try create(beside: target, mode: 0o600, named: path)
      unlink(partial)
      UnfinishedFile.end()
      close(file)
    }
  }

  /// A new open file beside `target` that no other process uses, registered as unfinished.
  private static func create(
    beside target: String, mode: mode_t, named path: String
  ) throws(FileError) -> (file: Int32, path: String) {
    var random = SystemRandomNumberGenerator()
    while true {
      let name =
        Leftovers.prefix(for: target.lastPart) + "\(getpid())-" + random.next().hexadecimal + ".partial"
      let partial = target.parentFolder.appending(part: name)
      UnfinishedFile.begin(partial)
      let file = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode & 0o777)
      guard file >= 0 else {
        let code = errno
        UnfinishedFile.end()
        if code == EEXIST || code == EINTR { continue }
        throw FileError(path: path, system: "cannot be written", code: code)
      }
      // Between opening and locking, another writer may have taken it for the file of a dead process.
      let locked = flock(file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
      if locked, let status = FileStatus(of: file), status.names > 0 { return (file, partial) }
      unlink(partial)
      UnfinishedFile.end()
      close(file)
    }
  }

  /// Gives the new file the owner and the permissions of the old one.
  private static func take(over old: FileStatus, _ file: Int32, named path: String) throws(FileError) {
    var permissions = old.permissions
    if let new = FileStatus(of: file), new.owner != old.owner || new.group != old.group,
      fchown(file, old.owner, old.group) != 0
    {
      // Only root can give files away; do not grant the old group's permissions to another group.
      permissions &= 0o707
    }
    guard fchmod(file, permissions) == 0 || errno == ENOTSUP || errno == EPERM else {
      throw FileError(path: path, system: "cannot be written")
    }
  }
}

/// The partial files that killed writers have left.
enum Leftovers {
  /// The common prefix of the names of all partial files for `name`; the hash of a long name replaces it.
  static func prefix(for name: String) -> String {
    let longest = 100  // with process, random number and ending it is within any system's limit
    guard name.utf8.count > longest else { return ".\(name)." }
    let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return ".\(hash.hexadecimal)."  // FNV-1a
  }

  /// Removes the partial files of `target` whose writers have died.
  static func remove(of target: String) {
    let folder = target.parentFolder
    let prefix = prefix(for: target.lastPart)
    guard let offset = MemoryLayout<dirent>.offset(of: \.d_name),
      let list = opendir(folder.isEmpty ? "." : folder)
    else { return }
    defer { closedir(list) }
    while let entry = readdir(list) {
      let text = (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self)
      guard strncmp(text, prefix, prefix.utf8.count) == 0, let name = String(validatingCString: text),
        let writer = writer(name, prefix: prefix)
      else { continue }
      let path = folder.appending(part: name)
      if isDead(writer, path) { unlink(path) }
    }
  }

  /// The process that wrote a file of this name; `nil` if it is not the name of a partial file.
  private static func writer(_ name: String, prefix: String) -> pid_t? {
    guard name.utf8.count > prefix.utf8.count else { return nil }
    let rest = name.utf8.dropFirst(prefix.utf8.count)
    guard let match = String(Substring(rest)).wholeMatch(of: /([0-9]{1,10})-[0-9a-f]{16}\.partial/) else {
      return nil
    }
    return pid_t(match.1)
  }

  /// Whether the writer of the file at `path` is gone: no process holds the lock on it or, on file systems without
  /// locks, no process has its number.
  private static func isDead(_ writer: pid_t, _ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    guard let status = FileStatus(of: file), status.isRegular else { return false }
    if flock(file, LOCK_EX | LOCK_NB) == 0 { return true }
    return errno != EWOULDBLOCK && kill(writer, 0) != 0 && errno == ESRCH
  }
}

extension UInt64 {
  /// Sixteen hexadecimal digits.
  fileprivate var hexadecimal: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

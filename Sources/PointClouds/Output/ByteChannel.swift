#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Bytes into and out of open files, whatever interrupts them on the way.
package enum ByteChannel {
  /// Writes all bytes; where the other side cannot take more yet, waits until it can.
  /// - Returns: 0, or the system's error number where not all bytes could be written.
  package static func write(_ bytes: [UInt8], to file: Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = send(UnsafeRawBufferPointer(rebasing: rest), to: file)
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno == EAGAIN || errno == EWOULDBLOCK {
          var wait = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
          poll(&wait, 1, -1)
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
  }

  /// Reads up to a block's length.
  /// - Returns: the number of bytes, 0 at the end, below 0 on an error, which `errno` names.
  static func read(_ file: Int32, into block: inout [UInt8]) -> Int {
    while true {
      let count = block.withUnsafeMutableBytes { receive($0, from: file) }
      if count < 0 && errno == EINTR { continue }
      return count
    }
  }

  /// Waits until the disk holds what was written.
  /// - Returns: 0, or the system's error number; a file system that has no disk to wait for is no error.
  static func synchronize(_ file: Int32) -> Int32 {
    #if canImport(Darwin)
      // fsync leaves the bytes in the drive's own memory there.
      if fcntl(file, F_FULLFSYNC) == 0 { return 0 }
    #endif
    while fsync(file) != 0 {
      if errno == EINVAL || errno == ENOTSUP || errno == ENOSYS { return 0 }
      if errno != EINTR { return errno }
    }
    return 0
  }

  /// Waits until the disk holds the names in a folder; where the folder cannot be opened, nothing is lost but
  /// the wait.
  static func synchronize(folder: String) -> Int32 {
    let file = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { return 0 }
    defer { close(file) }
    return synchronize(file)
  }

  private static func send(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Int {
    #if canImport(Glibc)
      Glibc.write(file, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      Musl.write(file, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(file, bytes.baseAddress, bytes.count)
    #endif
  }

  private static func receive(_ bytes: UnsafeMutableRawBufferPointer, from file: Int32) -> Int {
    #if canImport(Glibc)
      Glibc.read(file, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      Musl.read(file, bytes.baseAddress, bytes.count)
    #else
      Darwin.read(file, bytes.baseAddress, bytes.count)
    #endif
  }
}

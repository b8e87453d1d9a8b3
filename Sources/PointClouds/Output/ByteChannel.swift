#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads and writes bytes of open files, resuming after interruptions.
package enum ByteChannel {
  /// Writes all bytes, and waits whenever the receiver cannot take more yet.
  /// - Returns: 0, or the system's error number if not all bytes could be written.
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
  /// - Returns: the number of bytes; 0 at the end; negative on an error, which is in `errno`.
  static func read(_ file: Int32, into block: inout [UInt8]) -> Int {
    while true {
      let count = block.withUnsafeMutableBytes { receive($0, from: file) }
      if count < 0 && errno == EINTR { continue }
      return count
    }
  }

  /// Waits until what was written is on disk.
  /// - Returns: 0, or the system's error number; a file system without a disk to wait for is no error.
  static func synchronize(_ file: Int32) -> Int32 {
    #if canImport(Darwin)
      // On Darwin fsync leaves the bytes in the drive's cache.
      if fcntl(file, F_FULLFSYNC) == 0 { return 0 }
    #endif
    while fsync(file) != 0 {
      if errno == EINVAL || errno == ENOTSUP || errno == ENOSYS { return 0 }
      if errno != EINTR { return errno }
    }
    return 0
  }

  /// Waits until the names in a folder are on disk; does not wait if the folder cannot be opened.
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

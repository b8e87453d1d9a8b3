#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Opens files; a pipe without a process at its other end is an error after some seconds instead of an endless wait.
enum OpenedFile {
  /// How long to wait for a process at the other end of a named pipe.
  private static let patience = Duration.seconds(5)
  /// Milliseconds between two checks for a reader of a pipe.
  private static let pause: Int32 = 20

  /// A descriptor to read the file at `path`.
  ///
  /// It waits without limit for files that this process inherited open, such as the `/dev/fd/63` of a process
  /// substitution.
  /// - Throws: ``FileError`` if the file cannot be opened, is a device other than a terminal, or is a pipe without a
  ///   writer.
  static func reading(_ path: String) throws(FileError) -> Int32 {
    let file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { throw FileError(path: path, system: "cannot be read") }
    do throws(FileError) {
      let status = FileStatus(of: file)
      if status?.isDevice == true, isatty(file) == 0 {
        throw FileError(path: path, problem: "is a device, not a file", remedy: "name a file")
      }
      if status?.isPipe == true, !OutputPlace.isDescriptor(path) {
        try awaitWriter(file, path)
      }
      try block(file, path)
      return file
    } catch {
      close(file)
      throw error
    }
  }

  /// A descriptor to write to the pipe or the device at `path`.
  /// - Throws: ``FileError`` if it cannot be opened, or is a pipe without a reader.
  static func writing(_ path: String, named name: String) throws(FileError) -> Int32 {
    let clock = ContinuousClock()
    let start = clock.now
    while true {
      let file = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      if file >= 0 {
        do throws(FileError) {
          try block(file, name)
          return file
        } catch {
          close(file)
          throw error
        }
      }
      // There is no reader yet.
      guard errno == ENXIO else { throw FileError(path: name, system: "cannot be written") }
      guard start.duration(to: clock.now) < patience else {
        throw FileError(
          path: name, problem: "is a pipe that nobody reads", remedy: "start its reader first, or name a file"
        )
      }
      poll(nil, 0, pause)
    }
  }

  private static func awaitWriter(_ file: Int32, _ path: String) throws(FileError) {
    let clock = ContinuousClock()
    let start = clock.now
    var request = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
    while start.duration(to: clock.now) < patience {
      if poll(&request, 1, pause) > 0 { return }
    }
    throw FileError(
      path: path, problem: "is a pipe that nobody writes to", remedy: "start its writer first, or name a file"
    )
  }

  /// Makes reading and writing wait from here on.
  private static func block(_ file: Int32, _ path: String) throws(FileError) {
    let flags = fcntl(file, F_GETFL)
    guard flags >= 0, fcntl(file, F_SETFL, flags & ~O_NONBLOCK) >= 0 else {
      throw FileError(path: path, system: "cannot be opened")
    }
  }
}

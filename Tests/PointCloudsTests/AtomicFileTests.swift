import Dispatch
import PointClouds
import Synchronization
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Atomic files")
struct AtomicFileTests {
  @Test("are written with the folders on their way, replaced whole, and leave nothing beside them")
  func writes() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a/b/c.txt"
      try AtomicFile.write("first", to: path)
      try AtomicFile.write("second", to: path)
      #expect(try AtomicFile.read(path) == Array("second".utf8))
      #expect(try files(in: folder + "/a/b") == ["c.txt"])
    }
  }

  @Test("say that a folder stands in their place, or a file in their folder's")
  func kinds() throws {
    try withTemporaryFolder { folder in
      for place in [folder, folder + "/", folder + "/.", folder + "/new/"] {
        let onFolder = try #require(throws: FileError.self) { try AtomicFile.write("x", to: place) }
        #expect(onFolder.problem == "is a folder", "\(place)")
      }
      try AtomicFile.write("x", to: folder + "/file")
      let onFile = try #require(throws: FileError.self) {
        try AtomicFile.write("x", to: folder + "/file/y")
      }
      #expect(onFile.problem.contains("is no folder"))
      #expect(throws: FileError.self) { try AtomicFile.read(folder) }
      #expect(try files(in: folder) == ["file"])
    }
  }

  @Test("have a name, and one that the system can hold")
  func names() throws {
    try withTemporaryFolder { folder in
      #expect(throws: FileError.self) { try AtomicFile.write("x", to: "") }
      let longest = String(repeating: "é", count: 127) + "x"  // 255 bytes
      for name in [longest, "a\nb", " ", "-o", "…", "/\u{301}combining", ".x.1-0123456789abcdef.partial"] {
        try AtomicFile.write("x", to: folder + "/n/" + name)
        try AtomicFile.write("y", to: folder + "/n/" + name)
        #expect(try AtomicFile.read(folder + "/n/" + name) == Array("y".utf8))
      }
      #expect(try files(in: folder + "/n").count == 7, "nothing is left beside them")
      let error = try #require(throws: FileError.self) {
        try AtomicFile.write("x", to: folder + "/" + longest + "x")
      }
      #expect(error.remedy == "choose a shorter name")
    }
  }

  @Test("keep the permissions of the file that they replace; new ones have those that the mask leaves")
  func permissions() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/file"
      try AtomicFile.write("x", to: path)
      let mask = umask(0)
      umask(mask)
      #expect(mode(path) == 0o666 & ~mask)
      for bits in [0o600, 0o640, 0o666, 0o755] as [mode_t] {
        chmod(path, bits)
        try AtomicFile.write("y", to: path)
        #expect(mode(path) == bits)
      }
    }
  }

  @Test("are written through links, to a file that is there and to one that is not yet, never in a circle")
  func links() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("old", to: folder + "/real/old.txt")
      for (name, target) in [
        ("relative", "real/old.txt"), ("absolute", folder + "/real/old.txt"), ("chain", "relative"),
        ("dangling", "real/new.txt"), ("far", "missing/folder/x.txt"),
      ] {
        symlink(target, folder + "/" + name)
        try AtomicFile.write(name, to: folder + "/" + name)
        var status = stat()
        #expect(lstat(folder + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK, "\(name)")
        #expect(try AtomicFile.read(folder + "/" + name) == Array(name.utf8))
      }
      #expect(try AtomicFile.read(folder + "/real/old.txt") == Array("chain".utf8))
      #expect(try files(in: folder + "/real") == ["new.txt", "old.txt"])
      #expect(try files(in: folder + "/missing/folder") == ["x.txt"])
      symlink("circle", folder + "/circle")
      symlink("pong", folder + "/ping")
      symlink("ping", folder + "/pong")
      for name in ["circle", "ping"] {
        let error = try #require(throws: FileError.self) {
          try AtomicFile.write("x", to: folder + "/" + name)
        }
        #expect(error.remedy.contains("the link leads to itself"))
      }
    }
  }

  @Test("clear away what killed writers of the same name have left, and nothing else")
  func leftovers() throws {
    try withTemporaryFolder { folder in
      let long = String(repeating: "n", count: 200)
      let left = [
        ".m.bin.1-0123456789abcdef.partial",  // whoever has the number 1 now, it does not write this file
        ".m.bin.2147483647-0123456789abcdef.partial", ".m.bin.\(getpid())-0000000000000000.partial",
      ]
      let others = [
        ".m.bin.1-0123456789abcdef.partial.txt", ".m.bin.1-0123456789abcde.partial", ".m.bin.x-0.partial",
        ".m.bi.1-0123456789abcdef.partial", ".m.bin.partial", "m.bin.1.partial",
        ".m.bin.9999999999-0123456789abcdef.partial",  // no process has such a number
        ".other.1-0123456789abcdef.partial",
      ]
      for name in left + others { try put("x", folder + "/" + name) }
      let folderOfThatName = ".m.bin.3-0123456789abcdef.partial"
      mkdir(folder + "/" + folderOfThatName, 0o777)
      let linkOfThatName = ".m.bin.4-0123456789abcdef.partial"
      symlink("m.bin", folder + "/" + linkOfThatName)
      // A writer that lives holds a lock on its file.
      let held = ".m.bin.5-0123456789abcdef.partial"
      let file = open(folder + "/" + held, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
      defer { close(file) }
      #expect(flock(file, LOCK_EX | LOCK_NB) == 0)
      try AtomicFile.write("whole", to: folder + "/m.bin")
      #expect(
        try files(in: folder) == (others + [folderOfThatName, linkOfThatName, held, "m.bin"]).sorted())
      // The name that a long one is shortened to is found again as well.
      try AtomicFile.write("whole", to: folder + "/l/" + long)
      #expect(try files(in: folder + "/l") == [long])
    }
  }

  @Test("fall back to no other file: what stands beside them under any guessable name stays as it is")
  func guesses() throws {
    try withTemporaryFolder { folder in
      try put("victim", folder + "/victim")
      for name in ["x.csv.\(getpid()).partial", ".x.csv.\(getpid()).partial", "x.csv.partial"] {
        symlink("victim", folder + "/" + name)
      }
      try AtomicFile.write("x", to: folder + "/x.csv")
      #expect(try AtomicFile.read(folder + "/victim") == Array("victim".utf8))
    }
  }

  @Test("are whole whichever of several writers at once comes last")
  func severalWriters() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tests-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          try AtomicFile.write([UInt8](repeating: UInt8(writer), count: 10_000), to: folder + "/file")
        }
      }
      try await group.waitForAll()
    }
    let bytes = try AtomicFile.read(folder + "/file")
    #expect(bytes.count == 10_000 && Set(bytes).count == 1)
    #expect(try files(in: folder) == ["file"])
  }

  @Test("go into a pipe that has a reader as they are, and wait for one that is slow")
  func pipes() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/pipe"
      mkfifo(path, 0o600)
      let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
      defer { close(reader) }
      try AtomicFile.write("through", to: path)
      var block = [UInt8](repeating: 0, count: 100)
      #expect(read(reader, &block, 100) == 7)
      #expect(try files(in: folder) == ["pipe"])
    }
  }

  @Test("are written into an open file of the process, even one that cannot take all bytes at once")
  func descriptors() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let (out, into) = (ends[0], ends[1])
    _ = fcntl(into, F_SETFL, O_NONBLOCK)  // so a full pipe is EAGAIN, not a wait
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
    DispatchQueue.global().async {
      try? AtomicFile.write(bytes, to: "/dev/fd/\(into)")
      close(into)
    }
    var got: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
    while case let count = read(out, &block, block.count), count > 0 { got += block[..<count] }
    close(out)
    #expect(got == bytes)
  }

  @Test("are refused beyond the limit")
  func limit() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("12345", to: folder + "/five")
      #expect(try AtomicFile.read(folder + "/five", limit: 5).count == 5)
      #expect(throws: FileError.self) { try AtomicFile.read(folder + "/five", limit: 4) }
    }
  }

  #if os(Linux)
    @Test("report a full disk")
    func full() throws {
      let error = try #require(throws: FileError.self) { try AtomicFile.write("x", to: "/dev/full") }
      #expect(error.remedy == "free some space or choose another disk")
    }
  #endif

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  /// Writes a file without the code under test.
  private func put(_ text: String, _ path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  @Test("a pipe without a partner and a device are refused, not waited for without an end")
  func lonelyPipes() throws {
    try withTemporaryFolder { folder in
      let pipe = folder + "/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      // Each waits the five seconds that a partner is given, so they wait one beside the other, on two pipes.
      let other = folder + "/other"
      #expect(mkfifo(other, 0o600) == 0)
      let writing = Mutex<String>("")
      let group = DispatchGroup()
      DispatchQueue.global().async(group: group) {
        do throws(FileError) {
          try AtomicFile.write("a", to: other)
        } catch {
          writing.withLock { $0 = error.problem }
        }
      }
      let unwritten = try #require(throws: FileError.self) { try AtomicFile.read(pipe) }
      #expect(unwritten.problem == "is a pipe that nobody writes to")
      group.wait()
      #expect(writing.withLock { $0 } == "is a pipe that nobody reads")
      let device = try #require(throws: FileError.self) { try AtomicFile.read("/dev/zero") }
      #expect(device.problem == "is a device, not a file")
    }
  }
}

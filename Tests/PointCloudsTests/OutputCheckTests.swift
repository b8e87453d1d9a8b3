import PointClouds
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

@Suite("Outputs before the work")
struct OutputCheckTests {
  @Test("A place that can be written passes, and nothing is made there")
  func writable() throws {
    try withTemporaryFolder { folder in
      try Data().write(to: URL(filePath: folder + "/old"))
      symlink("new", folder + "/link")
      for path in ["x", "old", "link", "a/b/c", "./x", "a/../x"] {
        try OutputCheck.file(folder + "/" + path, streams: false)
      }
      try OutputCheck.folder(folder, files: ["x", "old"])
      try OutputCheck.folder(folder + "/a/b/")
      try OutputCheck.file("/dev/null", streams: true)
      #expect(try files(in: folder) == ["link", "old"])
      #expect(try AtomicFile.read(folder + "/old").isEmpty)
    }
  }

  @Test("What cannot be written is found: a folder, a way through a file, a circle of links, a name too long")
  func unwritable() throws {
    try withTemporaryFolder { folder in
      try Data().write(to: URL(filePath: folder + "/file"))
      mkdir(folder + "/sub.csv", 0o777)
      symlink("circle", folder + "/circle")
      symlink("file", folder + "/way")
      mkfifo(folder + "/pipe", 0o600)
      let long = String(repeating: "n", count: 256)
      for path in [
        "sub.csv", "sub.csv/", "new/", ".", "..", "new/.", "file/x", "file/x/y", "way/x", "circle",
        "circle/x",
        long, "new/\(long)/x", "pipe", "pipe/x",
      ] {
        #expect(throws: FileError.self, "\(path)") {
          try OutputCheck.file(folder + "/" + path, streams: false)
        }
      }
      for path in ["file", "file/x", "way", "circle", "pipe", long] {
        #expect(throws: FileError.self, "\(path)") { try OutputCheck.folder(folder + "/" + path) }
      }
      #expect(throws: FileError.self) { try OutputCheck.folder(folder, files: ["x", "sub.csv"]) }
      #expect(throws: FileError.self) { try OutputCheck.file("", streams: true) }
      #expect(throws: FileError.self) { try OutputCheck.folder("") }
      #expect(throws: FileError.self) { try OutputCheck.file("/dev/fd/999", streams: true) }
      #if os(Linux)
        #expect(throws: FileError.self) { try OutputCheck.file("/proc/x", streams: true) }
        #expect(throws: FileError.self) { try OutputCheck.folder("/proc/x/y") }
        #expect(throws: FileError.self) { try OutputCheck.file("/sys/x", streams: true) }
      #endif
      #expect(try files(in: folder) == ["circle", "file", "pipe", "sub.csv", "way"])
    }
  }

  @Test("One file is one file by any of its names, whether it is there yet or not")
  func identity() throws {
    try withTemporaryFolder { folder in
      try Data().write(to: URL(filePath: folder + "/old"))
      link(folder + "/old", folder + "/hard")
      symlink("old", folder + "/soft")
      symlink("new", folder + "/ahead")
      mkdir(folder + "/sub", 0o777)
      symlink("sub", folder + "/way")
      func identity(_ path: String) -> FileIdentity? { FileIdentity(output: folder + "/" + path) }
      for same in [
        ["old", "./old", "hard", "soft", "sub/../old", "/old"], ["new", "ahead", "./new", "sub//../new"],
        ["sub/x", "way/x"], ["a/b/x", "a/./b//x"],
      ] {
        for path in same { #expect(identity(path) != nil && identity(path) == identity(same[0]), "\(path)") }
      }
      let different = ["old", "new", "sub/x", "a/b/x", "a/x", "sub/new"].map(identity)
      #expect(Set(different).count == 6)
      #expect(FileIdentity(input: folder + "/soft") == identity("hard"))
      #expect(FileIdentity(input: folder + "/new") == nil && FileIdentity(input: "/dev/null") == nil)
      #expect(FileIdentity(output: "/dev/stdout") == FileIdentity(output: "/dev/fd/1"))
    }
  }
}

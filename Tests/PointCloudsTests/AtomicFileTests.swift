import PointClouds
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
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
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/a/b") == ["c.txt"])
    }
  }

  @Test("say that a folder stands in their place, or a file in their folder's")
  func kinds() throws {
    try withTemporaryFolder { folder in
      let onFolder = try #require(throws: FileError.self) { try AtomicFile.write("x", to: folder) }
      #expect(onFolder.problem == "is a folder")
      try AtomicFile.write("x", to: folder + "/file")
      let onFile = try #require(throws: FileError.self) {
        try AtomicFile.write("x", to: folder + "/file/y")
      }
      #expect(onFile.problem.contains("is no folder"))
      #expect(throws: FileError.self) { try AtomicFile.read(folder) }
    }
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
}

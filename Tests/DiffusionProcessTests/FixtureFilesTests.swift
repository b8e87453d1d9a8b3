import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("The reference files")
struct FixtureFilesTests {
  @Test("are each compared with by some test")
  func used() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Fixture.folder.path)
      .filter { $0.hasSuffix(".json") }
    #expect(files.count >= 15)
    let tests = Fixture.folder.deletingLastPathComponent().deletingLastPathComponent()
    var sources = ""
    for path in try FileManager.default.subpathsOfDirectory(atPath: tests.path)
    where path.hasSuffix("Tests.swift") {
      sources += try String(contentsOf: tests.appending(path: path), encoding: .utf8)
    }
    for file in files {
      let name = file.dropLast(".json".count)
      #expect(sources.contains("Fixture.load(\"\(name)\")"), "no test compares with \(file)")
    }
  }
}

import DiffusionLab
import Foundation
import Testing

@Suite("The targets")
struct PackageTests {
  /// The libraries of Package.swift in their order, with the targets that each declares.
  private func libraries() throws -> [(name: String, dependencies: Set<String>)] {
    let text = try String(contentsOf: ReadmeTests.root.appending(path: "Package.swift"), encoding: .utf8)
    return text.matches(of: /library\(\s*"(\w+)"(?:,\s*\[([^\]]*)\])?/).map { match in
      let list = match.2.map(String.init) ?? ""
      return (String(match.1), Set(list.matches(of: /"(\w+)"/).map { String($0.1) }))
    }
  }

  /// The modules that the sources of a target import.
  private func imports(of target: String) throws -> Set<String> {
    let folder = ReadmeTests.root.appending(path: "Sources/\(target)")
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var modules: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /(?m)^(?:@_exported |package |public )?import (\w+)$/) {
        modules.insert(String(match.1))
      }
    }
    return modules
  }

  @Test("declare what they import and no more, and import only what stands before them")
  func declarations() throws {
    let libraries = try libraries()
    #expect(libraries.count == 12)
    let names = Set(libraries.map(\.name))
    var before: Set<String> = []
    for (name, dependencies) in libraries {
      let ours = dependencies.intersection(names)
      #expect(try imports(of: name).intersection(names) == ours, "\(name)")
      #expect(ours.isSubset(of: before), "\(name) reaches back")
      before.insert(name)
    }
  }
}

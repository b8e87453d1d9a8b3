import ArgumentParser
import DiffusionLab
import Foundation
import Testing

@testable import difflab

@Suite("What is printed about the commands")
struct DocumentationTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The README and the pages of the documentation.
  private static func pages() throws -> [(name: String, text: String)] {
    let folder = "Sources/DiffusionLab/DiffusionLab.docc"
    let names = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path())
    return try (["README.md"] + names.filter { $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }).map {
      ($0, try String(contentsOf: root.appending(path: $0), encoding: .utf8))
    }
  }

  /// The words of a command line after the program's name.
  private static func arguments(_ line: some StringProtocol) -> [String] {
    String(line).split(separator: " ").map { String($0) }
  }

  @Test("Every command of the README and of the documentation's pages is one that parses")
  func pages() throws {
    var count = 0
    for (name, text) in try Self.pages() {
      // Lines of code, and whole commands within a sentence.
      let lines = text.matches(of: /(?m)^(?:swift run (?:-c release )?)?difflab (.+)$/).map(\.1)
      let quoted = text.matches(of: /`(?:swift run -c release )?difflab ([^`\n]+)`/).map(\.1)
      for line in lines + quoted {
        count += 1
        if Difflab.configuration.subcommands.contains(where: { $0.configuration.commandName == String(line) })
        {
          continue  // the name alone
        }
        #expect(throws: Never.self, "\(name): difflab \(line)") {
          try Difflab.parseAsRoot(Self.arguments(line))
        }
      }
    }
    #expect(count > 25)
  }

  @Test("Every picture that a page shows is there")
  func pictures() throws {
    var count = 0
    for (name, text) in try Self.pages() {
      let folder = Self.root.appending(path: name).deletingLastPathComponent()
      for path in text.matches(of: /!\[[^\]]+\]\(([^)]+)\)/).map({ String($0.1) }) {
        count += 1
        #expect(
          FileManager.default.fileExists(atPath: folder.appending(path: path).path()), "\(name): \(path)")
      }
    }
    #expect(count > 10)
  }

  @Test("The recipe's page has a row for every variant of the ablation, in its order")
  func variants() throws {
    let page = try #require(Self.pages().first { $0.name.hasSuffix("DefaultRecipe.md") }).text
    let rows = page.matches(of: /(?m)^\| ([^|]+) \| [0-9.]+ ± [0-9.]+ \| [0-9.]+ ± [0-9.]+ \|$/)
    #expect(rows.map { String($0.1) } == RecipeAblation.variants.map(\.name))
  }

  @Test("Every example of a command's help is one of that command, and parses")
  func examples() throws {
    func check(_ command: any ParsableCommand.Type, _ path: [String]) throws {
      let examples = command.configuration.discussion.matches(of: /Example: difflab ([^\n]+)/).map(\.1)
      for example in examples {
        let words = Self.arguments(example)
        #expect(words.starts(with: path), "\(example)")
        #expect(throws: Never.self, "difflab \(example)") { try Difflab.parseAsRoot(words) }
      }
      for command in command.configuration.subcommands {
        let name = command.configuration.commandName ?? "\(command)".lowercased()
        try check(command, path + [name])
      }
    }
    try check(Difflab.self, [])
  }

  @Test("The README tells the defaults of the commands")
  func defaults() throws {
    let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    let sample = try SampleCommand.parse(["model.safetensors", "-o", "samples.csv"])
    let lab = try LabCommand.parse(["moons"])
    let animate = try AnimateCommand.parse(["model.safetensors", "-o", "chain.gif"])
    let steps = try #require(Samplers.all.named("ddpm")).steps
    func text(_ thousands: Int) -> String { "\(thousands / 1000),000" }
    #expect(sample.count % 1000 == 0 && lab.count % 1000 == 0 && DataSource.defaultTrainingCount % 1000 == 0)
    for told in [
      "| \(text(sample.count)) samples by \(steps) steps of any sampler |",
      "on \(text(DataSource.defaultTrainingCount)) points, draws \(text(lab.count)) samples",
      "| \(animate.frames) frames of the reverse chain",
    ] {
      #expect(readme.contains(told), "\(told)")
    }
  }
}

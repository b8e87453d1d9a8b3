import Foundation
import Testing

@Suite("The pages of equations")
struct EquationsTests {
  /// The number of a formula: (7.2) is the second of section 7.
  struct Number: Hashable, CustomStringConvertible {
    let section, place: Int

    /// The number that "7.2" names; `nil` for a text that is no number of a formula.
    init?(_ text: some StringProtocol) {
      let parts = text.split(separator: ".").compactMap { Int($0) }
      guard parts.count == 2 else { return nil }
      (section, place) = (parts[0], parts[1])
    }

    init(section: Int, place: Int) { (self.section, self.place) = (section, place) }

    var description: String { "(\(section).\(place))" }
  }

  /// What one mention of the pages points to.
  struct Citation: Hashable {
    var formulas: [Number] = []
    var sections: [String] = []
    var isEmpty: Bool { formulas.isEmpty && sections.isEmpty }

    /// Every mention in a text, in order: "Equations (7.2)", "(Equations 1.2, 4.5)", "Equations (7.14)–(7.19)",
    /// "Equations sections 2 and 3".
    static func all(in text: String) -> [Citation] {
      text.ranges(of: "Equations").compactMap { range in
        let around = [text[..<range.lowerBound].last, text[range.upperBound...].first]
        // A part of a longer name, such as that of an article.
        if around.contains(where: { $0.map { $0.isLetter || $0 == ":" || $0 == "/" } ?? false }) {
          return nil
        }
        return Citation(after: text[range.upperBound...])
      }
    }

    private init(after start: Substring) {
      let token = /[,\s]*(?:(sections?|and|against)\b|(–)|\(?(\d+(?:\.\d+)?)\)?)/
      var (rest, namesSections, isRange) = (start, false, false)
      while let match = rest.prefixMatch(of: token) {
        if let word = match.1 {
          namesSections = namesSections || word.hasPrefix("section")
        } else if match.2 != nil {
          isRange = true
        } else if let text = match.3 {
          // After "section 5, " a number in brackets is a formula's again.
          if namesSections && !match.0.contains("(") {
            sections.append(String(text))
          } else if let number = Number(text) {
            let first = isRange ? formulas.last : nil
            formulas +=
              first.map { first in
                (first.place..<max(first.place, number.place)).dropFirst().map {
                  Number(section: number.section, place: $0)
                }
              } ?? []
            formulas.append(number)
          } else {
            break
          }
          isRange = false
        }
        rest = rest[match.range.upperBound...]
      }
    }
  }

  /// A formula of the pages, with all that is said about it.
  struct Entry {
    let number: Number
    let isContext: Bool
    let text: String
  }

  /// The texts of the documentation's articles by their names.
  private static func articles() throws -> [String: String] {
    let folder = ReadmeTests.root.appending(path: "Sources/DiffusionLab/DiffusionLab.docc")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return try Dictionary(
      uniqueKeysWithValues: files.filter { $0.pathExtension == "md" }.map {
        ($0.deletingPathExtension().lastPathComponent, try String(contentsOf: $0, encoding: .utf8))
      })
  }

  /// The articles that hold formulas.
  private static func pages() throws -> [String: String] {
    try articles().filter { $0.key.hasPrefix("Equations") }
  }

  /// The formulas of a page, in order.
  private static func entries(_ page: String) -> [Entry] {
    let pieces = page.split(separator: /\n(?=\*\*\(\d|#)/)
    return pieces.compactMap { piece in
      guard let match = piece.prefixMatch(of: /\*\*\((\d+\.\d+)\)\*\*( \*\(context\)\*)?/),
        let number = Number(match.1)
      else { return nil }
      return Entry(number: number, isContext: match.2 != nil, text: String(piece))
    }
  }

  /// The comments of a source file; lines that follow each other are one.
  private static func comments(_ source: String) -> [String] {
    var blocks = [""]
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      if let slashes = line.range(of: "//") {
        blocks[blocks.count - 1] += line[slashes.upperBound...].drop { $0 == "/" } + " "
      } else if blocks.last?.isEmpty == false {
        blocks.append("")
      }
    }
    return blocks
  }

  /// Every mention of the pages in comments of the sources and tests, in the README and in other articles.
  private static func citations() throws -> [(file: String, citation: Citation)] {
    var found: [(String, Citation)] = []
    for folder in ["Sources", "Tests"] {
      let base = ReadmeTests.root.appending(path: folder)
      let paths = try #require(FileManager.default.enumerator(atPath: base.path()))
      for case let path as String in paths where [".swift", ".c", ".h"].contains(where: path.hasSuffix) {
        if path.hasSuffix("/EquationsTests.swift") { continue }  // its examples are no citations
        let source = try String(contentsOf: base.appending(path: path), encoding: .utf8)
        #expect(!source.contains("Equations".uppercased()), "\(path) cites the equations by another name")
        guard source.contains("Equations") else { continue }
        found += comments(source).flatMap { Citation.all(in: $0) }.map { ("\(folder)/\(path)", $0) }
      }
    }
    var texts = try articles().filter { !$0.key.hasPrefix("Equations") }
    texts["README"] = try ReadmeTests.readme()
    for (name, text) in texts {
      found += Citation.all(in: text).filter { !$0.isEmpty }.map { (name, $0) }
    }
    return found
  }

  @Test("A citation may be a list, a range or a section, and ends where the sentence goes on")
  func parsing() {
    func formulas(_ text: String) -> [String] {
      Citation.all(in: text).flatMap(\.formulas).map(\.description)
    }
    func sections(_ text: String) -> [String] { Citation.all(in: text).flatMap(\.sections) }
    #expect(formulas("Equations (7.2). 3.1 times") == ["(7.2)"])
    #expect(formulas("(Equations 1.2, 4.5), so") == ["(1.2)", "(4.5)"])
    #expect(
      formulas("Equations (6.5), (5.4); and Equations 7.16 against 7.17") == [
        "(6.5)", "(5.4)", "(7.16)", "(7.17)",
      ])
    #expect(formulas("Equations (7.9)–(7.11), η = 0") == ["(7.9)", "(7.10)", "(7.11)"])
    #expect(formulas("Equations (7.2), 2020 (3.1)") == ["(7.2)"])
    #expect(sections("Equations sections 2 and 3. The chain") == ["2", "3"])
    #expect(sections("Equations section 7.10; Lou") == ["7.10"])
    #expect(formulas("Equations section 5, (5.1)") == ["(5.1)"])
    #expect(Citation.all(in: "EquationsTests and <doc:Equations> and docc/Equations.md").isEmpty)
    #expect(Citation.all(in: "Equations, at the end").map(\.isEmpty) == [true])
    #expect(
      Self.comments("let x = 1  // Equations\n/// (1.1)\nlet y\n// z") == [" Equations  (1.1) ", " z "])
  }

  @Test("Everything that is cited is there")
  func cited() throws {
    let pages = try Self.pages().values
    let present = Set(pages.flatMap { Self.entries($0) }.map(\.number))
    let headings = Set(pages.flatMap { $0.matches(of: /(?m)^#{2,3} (\d+(?:\.\d+)?)\s/).map { String($0.1) } })
    let citations = try Self.citations()
    for (file, citation) in citations {
      #expect(!citation.isEmpty, "\(file) cites the equations without a number")
      let formulas = citation.formulas.filter { !present.contains($0) }
      let sections = citation.sections.filter { !headings.contains($0) }
      #expect(formulas.isEmpty && sections.isEmpty, "\(file) cites \(formulas), sections \(sections)")
    }
    // Fewer would mean that the sources were not found or not understood.
    #expect(citations.count > 150)
    #expect(Set(citations.flatMap(\.citation.formulas)).count > 80)
    #expect(Set(citations.flatMap(\.citation.sections)).count > 5)
  }

  @Test("Everything that is there is cited, or is marked as context")
  func context() throws {
    let cited = Set(try Self.citations().flatMap(\.citation.formulas))
    for entry in try Self.pages().values.flatMap({ Self.entries($0) }) {
      #expect(
        cited.contains(entry.number) != entry.isContext,
        entry.isContext
          ? "\(entry.number) is cited: it is context no more"
          : "\(entry.number) is not cited: mark it as context")
    }
  }

  @Test("Each formula stands once, under its section, with its source and its trap")
  func entries() throws {
    var seen: Set<Number> = []
    for (name, page) in try Self.pages() {
      for entry in Self.entries(page) {
        #expect(seen.insert(entry.number).inserted, "\(name) has \(entry.number) again")
        #expect(
          page.contains("\n## \(entry.number.section) "), "\(name) has \(entry.number) without its section")
        #expect(entry.text.contains("\n```\n"), "\(entry.number) has no formula")
        #expect(entry.text.contains("*Source:* "), "\(entry.number) has no source")
        #expect(entry.isContext || entry.text.contains("*Trap:* "), "\(entry.number) has no trap")
      }
    }
    #expect(seen.count > 80)
  }

  @Test("The pages point only to formulas that they have, and the first leads to all")
  func references() throws {
    let pages = try Self.pages()
    let present = Set(pages.values.flatMap { Self.entries($0) }.map(\.number))
    for (name, page) in pages {
      let numbers = page.matches(of: /\((\d+\.\d+)\)/).compactMap { Number($0.1) }
      #expect(numbers.filter { !present.contains($0) }.isEmpty, "\(name)")
      let index = try #require(pages["Equations"])
      #expect(name == "Equations" || index.ranges(of: "<doc:\(name)>").count == 2, "\(name)")
    }
  }

  @Test("No article contains LaTeX, which DocC does not render")
  func plain() throws {
    let articles = try Self.articles()
    for (name, text) in articles {
      #expect(!text.contains("$"), "\(name)")
      #expect(!text.contains(/\\[A-Za-z(\[]/), "\(name)")
    }
    #expect(articles.count > 8)
  }
}

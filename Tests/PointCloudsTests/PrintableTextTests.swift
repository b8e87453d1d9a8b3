import Testing

@testable import PointClouds

@Suite("Printable text")
struct PrintableTextTests {
  @Test("has nothing that a terminal obeys, and keeps what people write")
  func printable() {
    #expect("ring 8, µ = ½ – 円 🌀".printable == "ring 8, µ = ½ – 円 🌀")
    #expect("\u{1B}[2Ja\nb\tc\u{9B}d".printable == "\u{FFFD}[2Ja\u{FFFD}b\u{FFFD}c\u{FFFD}d")
    #expect("a\u{202E}b\u{2028}c\u{200B}".printable == "a\u{FFFD}b\u{FFFD}c\u{FFFD}")
  }

  @Test("is short, however long the text and however many accents a letter has")
  func short() {
    #expect(String(repeating: "a", count: 80).printable.count == 80)
    #expect(String(repeating: "a", count: 81).printable == String(repeating: "a", count: 80) + "…")
    let tower = "a" + String(repeating: "\u{301}", count: 100_000)
    #expect(tower.printable.unicodeScalars.count == 81)
  }

  @Test("is all that an error quotes of a file")
  func errors() {
    let error = FileError(
      path: "p", problem: "holds \u{1B}[2J" + String(repeating: "x", count: 900), remedy: "r")
    #expect(error.description.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    #expect(error.problem.count <= 401)
  }
}

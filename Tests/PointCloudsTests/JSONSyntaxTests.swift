import Testing

@testable import PointClouds

@Suite("Where a text stops being JSON")
struct JSONSyntaxTests {
  @Test(
    "valid texts have no fault",
    arguments: [
      "{}", "[]", " [1, -2.5e+3, 0.1E2, true, false, null] \n", "{\"a\": {\"b\": [\"x\\\"y\", \"\"]}}",
      "\"π\"",
    ])
  func valid(text: String) {
    #expect(JSONSyntax.firstFault(in: Array(text.utf8)) == nil)
  }

  @Test(
    "faults have their lines",
    arguments: [
      ("", 1), ("{\n\"a\": [1,\n2,\nNaN]}", 4), ("[1\n2]", 2), ("{\"a\"\n1}", 2), ("[1,\n]", 2),
      ("[1]\n\nx", 3),
      ("[1.\n]", 1), ("{\n", 2), ("\"a\n\"", 1), ("[1e\n]", 1), ("\"\\", 1),
    ])
  func faults(text: String, line: Int) {
    #expect(JSONSyntax.firstFault(in: Array(text.utf8)) == line)
  }

  @Test("endless nesting is a fault, not a crash")
  func nesting() {
    #expect(JSONSyntax.firstFault(in: [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)) == 1)
  }
}

import Testing

@testable import PointClouds

@Suite("Nearest names")
struct NearestNameTests {
  @Test("count insertions, deletions and replacements")
  func edits() {
    #expect(NearestName.edits(Array("kitten"), Array("sitting")) == 3)
    #expect(NearestName.edits([], Array("abc")) == 3)
    #expect(NearestName.edits(Array("abc"), Array("abc")) == 0)
  }

  @Test(
    "are guessed from slips, case and hyphens, and not from what is far",
    arguments: [
      ("swisroll", "swissroll"), ("Swiss-Roll", "swissroll"), ("moon", "moons"), ("ring", "ring8"),
      ("chess", nil), ("", nil), ("xyzzy", nil),
    ])
  func guesses(name: String, nearest: String?) {
    #expect(NearestName.of(name, in: Toys.all.names) == nearest)
  }
}

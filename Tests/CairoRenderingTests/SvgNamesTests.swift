import Testing

@testable import CairoRendering

@Suite("Names in SVG")
struct SvgNamesTests {
  @Test("Ids are numbered by first appearance within their kind, wherever they are used")
  func numbering() {
    let svg = ##"<a id="surface7"/><b id="clip9" c="url(#clip12)"/><d href="#surface7" e="url(#clip9)"/>"##
    let expected =
      ##"<a id="surface1"/><b id="clip1" c="url(#clip2)"/><d href="#surface1" e="url(#clip1)"/>"##
    #expect(SvgNames.numbered(Array(svg.utf8)) == Array(expected.utf8))
  }

  @Test("Glyphs, text and numbers elsewhere stay as they are")
  func others() {
    let svg = ##"<g id="glyph0-12" width="40" text="id=" d="M 1 2"/>surface3 id=""##
    #expect(SvgNames.numbered(Array(svg.utf8)) == Array(svg.utf8))
  }
}

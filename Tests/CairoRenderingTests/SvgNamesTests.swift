import Foundation
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

  @Test("Every id and every reference to it has the document's own prefix")
  func prefix() throws {
    let svg = ##"<g id="glyph-0-1"/><use xlink:href="#glyph-0-1" width="4"/><b c="url(#clip1)"/>"##
    let found = String(decoding: SvgNames.unique(Array(svg.utf8)), as: UTF8.self)
    let prefix = try #require(found.firstMatch(of: /id="(f[0-9a-f]{8}-)glyph-0-1"/)?.1)
    #expect(found.replacing(prefix, with: "") == svg)
    #expect(found.split(separator: prefix).count == 4)
    let other = String(decoding: SvgNames.unique(Array((svg + " ").utf8)), as: UTF8.self)
    #expect(!other.contains(prefix))
  }

  @Test("No two figures of the gallery share an id, so that all can stand in one page")
  func gallery() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Figures")
      .standardized
    var owners: [Substring: String] = [:]
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".svg")
    }
    #expect(names.count > 10)
    for name in names {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      for id in Set(text.matches(of: /\bid="([^"]+)"/).map(\.1)) {
        #expect(owners[id] == nil, "\(id) stands in \(name) and in \(owners[id] ?? "")")
        owners[id] = name
      }
    }
    #expect(owners.count > 100)
  }
}

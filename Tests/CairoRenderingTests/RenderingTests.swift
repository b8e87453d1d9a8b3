import CairoRendering
import Figures
import Plotting
import PointClouds
import TestSupport
import Testing

@Suite("Rendering")
struct RenderingTests {
  @Test(
    "The ending picks the format, whatever its case",
    arguments: [("a.svg", "svg"), ("b.PNG", "png"), ("c/d.x.Pdf", "pdf")])
  func endings(path: String, format: String) throws {
    #expect(try FileFormat(path: path).rawValue == format)
  }

  @Test(
    "An ending that names no format is an error that lists the three",
    arguments: ["figure", "figure.jpg", "figure.", "svg", "a.svg/figure", "", "folder/"])
  func unknownEnding(path: String) throws {
    let error = #expect(throws: RenderingError.self) { try Rendering.write(Samples.marks, to: path) }
    #expect(error == .unknownEnding(path: path, known: [".svg", ".png", ".pdf"]))
    #expect(try #require(error).description.hasSuffix("end it with .svg, .png, .pdf"))
  }

  @Test("A place that cannot be written is an error with the path, and leaves nothing behind")
  func unwritable() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("a file", to: folder + "/file")
      let path = folder + "/file/figure.png"
      let error = #expect(throws: RenderingError.self) { try Rendering.write(Samples.marks, to: path) }
      guard case .file(let cause) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(cause.path == path)
      #expect(throws: RenderingError.self) { try Rendering.write(Samples.animation, to: path + "/") }
      #expect(try files(in: folder) == ["file"])
    }
  }

  @Test(
    "Each format begins as such files do, and folders on the way are made", arguments: ["svg", "png", "pdf"])
  func formats(ending: String) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/new/figure." + ending
      try Rendering.write(Samples.figure(), to: path)
      let start = ["svg": Array("<?xml".utf8), "png": [0x89, 0x50, 0x4E, 0x47], "pdf": Array("%PDF-".utf8)]
      #expect(try AtomicFile.read(path).starts(with: #require(start[ending])))
      #expect(try files(in: folder + "/new") == ["figure." + ending])
    }
  }

  @Test("A picture with too many pixels is an error that says how many", arguments: [1e5, 1e300])
  func tooLarge(scale: Double) {
    let error = #expect(throws: RenderingError.self) {
      try Rendering.encode(Samples.marks, as: .png, scale: scale)
    }
    #expect(error == .tooLarge(width: 40 * scale, height: 20 * scale))
  }

  @Test("The same drawing gives the same bytes twice, in every format", arguments: FileFormat.allCases)
  func sameBytes(format: FileFormat) throws {
    for drawing in [Samples.figure(), Samples.field] {
      let once = try Rendering.encode(drawing, as: format)
      _ = try Rendering.encode(Samples.marks, as: format)  // moves cairo's own counters on
      #expect(try Rendering.encode(drawing, as: format) == once)
    }
  }

  @Test(
    "Clouds of any size and place are drawn",
    arguments: [.leastNonzeroMagnitude, .leastNormalMagnitude, 1e-300, 1e-12, 1, 1e12, 1e300, 1.7e308],
    [0, 1, 1e9])
  func anySize(size: Double, place: Double) throws {
    let noise = NoiseSource(seed: 8, purpose: .data)
    let cloud = PointCloud((0..<50).map { size * (2 * noise.uniform(particle: $0) - 1 + place) })
    for format in FileFormat.allCases {
      let figure = DatasetFigure(cloud, title: "")
      #expect(try !Rendering.encode(figure.draw(theme: .light), as: format, scale: 0.5).isEmpty)
    }
  }

  @Test("Text stays as narrow as the layout believes", .enabled(if: Rendering.fontProblem == nil))
  func textWidths() throws {
    // Drawn at 20 pixels a point from the left edge: no ink may lie right of the width by the table.
    for (text, bold) in [
      ("Hamburgefonstiv", false), ("MWQ@%mw", true), ("ᾱσ²√∇ₜ−10⁻⁴", false), ("ᾱσ²√∇ₜ−10⁻⁴", true),
    ] {
      var page = Drawing(width: 200, height: 24, background: Color(0xFFFFFF))
      page.items = [.label(Label(text, at: SIMD2(0, 18), size: 18, color: Color(0x000000), bold: bold))]
      let png = try #require(DecodedPNG(Rendering.encode(page, as: .png, scale: 4)))
      let width = Int((TextMetrics.width(of: text, size: 18, bold: bold) * 4).rounded(.up))
      var last = 0
      for y in 0..<png.height {
        for x in 0..<png.width where png[x, y] != 0xFFFF_FFFF { last = max(last, x) }
      }
      #expect(last <= width + 2, "\(text): ink to \(last), expected up to \(width)")
      #expect(Double(last) > 0.85 * Double(width), "\(text): ink to \(last) of \(width)")
    }
  }
}

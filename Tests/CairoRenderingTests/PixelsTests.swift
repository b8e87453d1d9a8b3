import CairoRendering
import Plotting
import Testing

@Suite("Pixels of a PNG")
struct PixelsTests {
  @Test("The size is the page's times the scale", arguments: [0.5, 1, 2, 2.5])
  func size(scale: Double) throws {
    let png = try #require(DecodedPNG(Rendering.encode(Samples.marks, as: .png, scale: scale)))
    #expect(png.width == Int(40 * scale) && png.height == Int(20 * scale))
  }

  @Test("Page and marks have exactly the colours that they were given")
  func colors() throws {
    let png = try #require(DecodedPNG(Rendering.encode(Samples.marks, as: .png, scale: 2)))
    #expect(png[0, 0] == 0xFFFF_FFFF)
    #expect(png[12, 12] == 0x0072_B2FF)
    #expect(png[40, 20] == 0xD55E_00FF)
  }

  @Test("What lies outside a clip does not show")
  func clip() throws {
    let png = try #require(DecodedPNG(Rendering.encode(Samples.marks, as: .png, scale: 2)))
    #expect(png[64, 20] == 0x009E_73FF)
    #expect(png[56, 20] == 0xFFFF_FFFF)
  }

  @Test("A page without a colour is transparent, and its marks are not")
  func transparent() throws {
    var drawing = Samples.marks
    drawing.background = nil
    let png = try #require(DecodedPNG(Rendering.encode(drawing, as: .png, scale: 2)))
    #expect(png[0, 0] == 0)
    #expect(png[12, 12] == 0x0072_B2FF)
  }

  @Test("A translucent dot mixes with the page, and two on one place mix twice")
  func alpha() throws {
    var drawing = Drawing(width: 10, height: 10, background: Color(0xFFFFFF))
    let dot = PointLayer(centers: [SIMD2(5, 5)], radius: 4, colors: [Color(0x000000).opacity(0.5)])
    drawing.items = [.points(dot)]
    let once = try #require(DecodedPNG(Rendering.encode(drawing, as: .png, scale: 1)))[5, 5] >> 24
    drawing.items = [.points(dot), .points(dot)]
    let twice = try #require(DecodedPNG(Rendering.encode(drawing, as: .png, scale: 1)))[5, 5] >> 24
    // 255/2 and 255/4, to a rounding or two of bytes.
    #expect(abs(Int(once) - 127) <= 1 && abs(Int(twice) - 64) <= 1)
  }

  @Test("Dots do not snap to pixels: half a pixel further, half the edge moves")
  func subpixel() throws {
    func coverage(_ x: Double) throws -> [Int] {
      var drawing = Drawing(width: 12, height: 12, background: Color(0xFFFFFF))
      drawing.items = [.points(PointLayer(centers: [SIMD2(x, 6)], radius: 3, colors: [Color(0x000000)]))]
      let png = try #require(DecodedPNG(Rendering.encode(drawing, as: .png, scale: 1)))
      return (0..<12).map { Int(png[$0, 6] >> 24) }
    }
    let centred = try coverage(6)
    // Cairo's curves are polygons, symmetric to a few grey levels.
    #expect(zip(centred, centred.reversed()).allSatisfy { abs($0 - $1) <= 4 }, "\(centred)")
    let moved = try coverage(6.5)
    #expect(moved[3] > 0 && moved[3] < 255 && moved[9] > 0 && moved[9] < 255)
  }

  @Test("A heat map's rows come in order, smoothly")
  func raster() throws {
    var drawing = Drawing(width: 10, height: 10, background: Color(0xFFFFFF))
    drawing.items = [
      .raster(
        Raster(
          columns: 1, rows: 2, pixels: [0, 0, 0, 255, 0, 0], frame: Rect(x: 0, y: 0, width: 10, height: 10)))
    ]
    let png = try #require(DecodedPNG(Rendering.encode(drawing, as: .png, scale: 2)))
    #expect(png[10, 0] == 0x0000_00FF)
    #expect(png[10, 19] == 0xFF00_00FF)
    let reds = (0..<20).map { png[10, $0] >> 24 }
    #expect(zip(reds, reds.dropFirst()).allSatisfy { $0 <= $1 })
  }
}

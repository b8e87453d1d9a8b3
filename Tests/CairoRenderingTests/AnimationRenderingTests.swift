import Plotting
import PointClouds
import TestSupport
import Testing

@testable import CairoRendering

@Suite("Animations")
struct AnimationRenderingTests {
  @Test("A GIF decodes to the very pixels of its frames, each in the nearest colour of the table")
  func decodes() throws {
    let animation = Samples.animation
    let gif = try #require(DecodedGIF(Rendering.encodeGIF(animation, scale: 2)))
    #expect(gif.width == 120 && gif.height == 100)
    #expect(gif.frames.count == 6)
    let table = ColorTable(for: animation.frames)
    for (drawing, decoded) in zip(animation.frames, gif.frames) {
      let quantised = table.places(of: try PixelImage(drawing, scale: 2)).map { table.colors[Int($0)] }
      #expect(decoded == quantised)
    }
  }

  @Test("It loops for ever, keeps its pace and holds the last frame")
  func pace() throws {
    let gif = try #require(DecodedGIF(Rendering.encodeGIF(Samples.animation)))
    #expect(gif.loopsForever)
    #expect(gif.delays == [5, 5, 5, 5, 5, 155])
  }

  @Test("The theme's colours come through exactly, all others within a just visible step")
  func exactColors() throws {
    let drawing = Samples.figure(.dark)
    let table = ColorTable(for: [drawing])
    for color in Theme.dark.categories.prefix(5) + [Theme.dark.paper, Theme.dark.ink, Theme.dark.frame] {
      let rgb = UInt32(color.red) << 16 | UInt32(color.green) << 8 | UInt32(color.blue)
      #expect(table.colors[Int(table.place(of: rgb))] == rgb)
    }
    #expect(table.colors.count <= 256)
    let image = try PixelImage(drawing, scale: 1)
    let places = table.places(of: image)
    var error = 0
    for (pixel, place) in zip(image.pixels, places) {
      let near = table.colors[Int(place)]
      for shift: UInt32 in [16, 8, 0] { error += abs(Int(pixel >> shift & 255) - Int(near >> shift & 255)) }
    }
    // Summed over the channels; the mean over a page that is mostly paper.
    #expect(Double(error) / Double(places.count) < 1.5)
  }

  @Test("Any number of threads gives the same bytes")
  func threads() throws {
    let bytes = try Rendering.encodeGIF(Samples.animation, threads: 1)
    for threads in [2, 3, 64] {
      #expect(try Rendering.encodeGIF(Samples.animation, threads: threads) == bytes)
    }
  }

  @Test("A path that ends in a slash becomes a folder of numbered frames")
  func frames() throws {
    try withTemporaryFolder { folder in
      var done: [Int] = []
      try Rendering.write(Samples.animation, to: folder + "/frames/", scale: 1) { done.append($0) }
      #expect(try files(in: folder + "/frames") == (1...6).map { "frame-000\($0).png" })
      #expect(done == [6])
      let first = try #require(DecodedPNG(AtomicFile.read(folder + "/frames/frame-0001.png")))
      #expect(first.width == 60 && first.height == 50)
    }
  }

  @Test("Another ending is an error that says what to write", arguments: ["film", "film.mp4", "film.png"])
  func unknownEnding(path: String) throws {
    let error = #expect(throws: RenderingError.self) { try Rendering.write(Samples.animation, to: path) }
    #expect(try #require(error).description.contains(".gif, / (a folder of PNG frames)"))
  }

  @Test(
    "Codes grow to twelve bits and start over, and every byte comes back", arguments: [0, 1, 2, 300, 70_000])
  func compression(count: Int) {
    let noise = NoiseSource(seed: 9, purpose: .data)
    let noisy = (0..<count).map { UInt8(truncatingIfNeeded: noise.bits(particle: $0).x) }
    let plain = [UInt8](repeating: 7, count: count)
    let steps = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 3) }
    for bytes in [noisy, plain, steps] {
      let blocks = LZW.compress(bytes)
      var data: [UInt8] = []
      var place = 0
      while blocks[place] != 0 {
        data += blocks[place + 1...place + Int(blocks[place])]
        place += Int(blocks[place]) + 1
      }
      #expect(place == blocks.count - 1)
      #expect(DecodedGIF.decompressed(data) == bytes)
    }
  }
}

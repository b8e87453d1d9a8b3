internal import CCairo
internal import CPng
import Plotting

/// A drawing as pixels in memory.
struct PixelImage {
  let width, height: Int
  /// Whether every pixel is opaque.
  let isOpaque: Bool
  /// Premultiplied 0xAARRGGBB, row by row.
  let pixels: [UInt32]

  /// The largest number of pixels: 400 MB of memory.
  static let mostPixels = 100_000_000.0

  /// The drawing at `scale` pixels per point.
  init(_ drawing: Drawing, scale: Double) throws(RenderFailure) {
    precondition(scale > 0, "a scale of \(scale) pixels a point")
    let exactWidth = max(1, (drawing.width * scale).rounded())
    let exactHeight = max(1, (drawing.height * scale).rounded())
    // 32,767 is cairo's own limit per side.
    guard exactWidth <= 32_767, exactHeight <= 32_767, exactWidth * exactHeight <= Self.mostPixels else {
      throw .tooLarge(width: exactWidth, height: exactHeight)
    }
    let (width, height) = (Int(exactWidth), Int(exactHeight))
    let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(width), Int32(height))
    defer { cairo_surface_destroy(surface) }
    try check(cairo_surface_status(surface))
    let context = cairo_create(surface)
    cairo_scale(context, Double(width) / drawing.width, Double(height) / drawing.height)
    Painter(context: context, pixels: scale).paint(drawing)
    let status = cairo_status(context)
    cairo_destroy(context)
    try check(status)
    cairo_surface_flush(surface)
    guard let data = cairo_image_surface_get_data(surface) else { throw .reason("cairo: no pixels") }
    let stride = Int(cairo_image_surface_get_stride(surface))
    pixels = [UInt32](unsafeUninitializedCapacity: width * height) { buffer, count in
      for row in 0..<height {
        let line = UnsafeRawPointer(data + row * stride)
        for column in 0..<width {
          buffer.initializeElement(
            at: row * width + column, to: line.load(fromByteOffset: column * 4, as: UInt32.self))
        }
      }
      count = width * height
    }
    (self.width, self.height) = (width, height)
    isOpaque = drawing.background.map { $0.alpha == 1 } ?? false
  }

  /// The picture as a PNG file.
  ///
  /// Filter NONE and zlib level 3: filters do not shrink flat figures further, and encoding is three times as fast as
  /// with libpng's defaults.
  func png(pixelsPerPoint scale: Double) throws(RenderFailure) -> [UInt8] {
    let channels = isOpaque ? 3 : 4
    let bytes = straightBytes(channels: channels)
    let sink = ByteSink()
    let failed = bytes.withUnsafeBufferPointer { buffer in
      dl_png_encode(
        buffer.baseAddress, UInt32(width), UInt32(height), Int32(channels), scale * 72 / 0.0254, 3, receive,
        sink.context)
    }
    guard failed == 0 else { throw .reason("libpng could not encode \(width) × \(height) pixels") }
    return withExtendedLifetime(sink) { sink.bytes }
  }

  /// Red, green and blue of every pixel and, with four channels, straight alpha.
  private func straightBytes(channels: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: pixels.count * channels) { buffer, count in
      var place = 0
      for pixel in pixels {
        let alpha = pixel >> 24
        var (red, green, blue) = (pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255)
        if alpha != 255, alpha != 0 {
          red = (red * 255 + alpha / 2) / alpha
          green = (green * 255 + alpha / 2) / alpha
          blue = (blue * 255 + alpha / 2) / alpha
        }
        buffer[place] = UInt8(min(red, 255))
        buffer[place + 1] = UInt8(min(green, 255))
        buffer[place + 2] = UInt8(min(blue, 255))
        if channels == 4 { buffer[place + 3] = UInt8(alpha) }
        place += channels
      }
      count = place
    }
  }
}

/// The sink of ``dl_png_encode``: `context` is a ``ByteSink``.
private nonisolated func receive(
  context: UnsafeMutableRawPointer?, bytes: UnsafePointer<UInt8>?, count: Int
) -> Int32 {
  ByteSink.from(context)?.append(bytes, count: count)
  return 0
}

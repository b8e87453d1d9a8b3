import CPng

/// The pixels of a PNG file, as libpng's own reader sees them.
struct DecodedPNG {
  let width: Int
  let height: Int
  /// Red, green, blue and straight alpha of each pixel.
  let pixels: [UInt8]

  /// Decodes a whole file, or gives `nil` where libpng cannot.
  init?(_ bytes: [UInt8]) {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    guard png_image_begin_read_from_memory(&image, bytes, bytes.count) != 0 else { return nil }
    image.format = 3  // red, green, blue, alpha: PNG_FORMAT_RGBA, a macro that Swift does not see
    (width, height) = (Int(image.width), Int(image.height))
    var buffer = [UInt8](repeating: 0, count: width * height * 4)
    guard png_image_finish_read(&image, nil, &buffer, 0, nil) != 0 else { return nil }
    pixels = buffer
  }

  /// 0xRRGGBBAA at a place.
  subscript(x: Int, y: Int) -> UInt32 {
    pixels[(y * width + x) * 4..<(y * width + x) * 4 + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}

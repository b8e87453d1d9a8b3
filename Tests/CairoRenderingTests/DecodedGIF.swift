/// The frames of a GIF, by a decoder that shares nothing with the encoder.
struct DecodedGIF {
  var width = 0
  var height = 0
  /// 0xRRGGBB of every pixel, frame by frame, each as it is on the screen.
  var frames: [[UInt32]] = []
  /// In hundredths of a second.
  var delays: [Int] = []
  var loopsForever = false

  /// Decodes a whole file, or gives `nil` where it is not one.
  init?(_ bytes: [UInt8]) {
    func word(_ place: Int) -> Int { Int(bytes[place]) | Int(bytes[place + 1]) << 8 }
    guard bytes.starts(with: Array("GIF89a".utf8)), bytes.last == 0x3B, bytes[10] == 0xF7 else { return nil }
    (width, height) = (word(6), word(8))
    let table = (0..<256).map { i in
      bytes[13 + 3 * i..<16 + 3 * i].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
    }
    var place = 13 + 768
    var screen = [UInt32](repeating: 0, count: width * height)
    while bytes[place] != 0x3B {
      if bytes[place] == 0x21 {
        if bytes[place + 1] == 0xF9 { delays.append(word(place + 4)) }
        if bytes[place + 1] == 0xFF { loopsForever = word(place + 16) == 0 }
        place += 2
        while bytes[place] != 0 { place += Int(bytes[place]) + 1 }
        place += 1
        continue
      }
      guard bytes[place] == 0x2C, bytes[place + 9] == 0, bytes[place + 10] == 8 else { return nil }
      let (x, y, columns, rows) = (word(place + 1), word(place + 3), word(place + 5), word(place + 7))
      place += 11
      var data: [UInt8] = []
      while bytes[place] != 0 {
        data += bytes[place + 1...place + Int(bytes[place])]
        place += Int(bytes[place]) + 1
      }
      place += 1
      guard let content = Self.decompressed(data), content.count == columns * rows else { return nil }
      for row in 0..<rows {
        for column in 0..<columns {
          screen[(y + row) * width + x + column] = table[Int(content[row * columns + column])]
        }
      }
      frames.append(screen)
    }
  }

  /// Lempel–Ziv–Welch backwards, codes of 9 to 12 bits.
  static func decompressed(_ data: [UInt8]) -> [UInt8]? {
    var output: [UInt8] = []
    var entries: [[UInt8]] = []
    var (width, bits, count) = (9, 0, 0)
    var last: [UInt8]?
    for byte in data {
      bits |= Int(byte) << count
      count += 8
      while count >= width {
        let code = bits & (1 << width - 1)
        bits >>= width
        count -= width
        if code == 256 {
          entries = (0..<258).map { [UInt8(truncatingIfNeeded: $0)] }
          (width, last) = (9, nil)
          continue
        }
        if code == 257 { return output }
        let entry: [UInt8]
        if code < entries.count {
          entry = entries[code]
        } else if code == entries.count, let last {
          entry = last + [last[0]]
        } else {
          return nil
        }
        output += entry
        if let last, entries.count < 4096 {
          entries.append(last + [entry[0]])
          if entries.count == 1 << width, width < 12 { width += 1 }
        }
        last = entry
      }
    }
    return nil
  }
}

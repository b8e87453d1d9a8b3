/// The file format GIF89a: a table of colours, then frames that each change a rectangle of the picture.
struct GIF {
  let width, height: Int
  private(set) var bytes: [UInt8]

  /// A file that loops forever, still without frames.
  init(width: Int, height: Int, table: ColorTable) {
    (self.width, self.height) = (width, height)
    bytes = Array("GIF89a".utf8)
    bytes += Self.word(width) + Self.word(height) + [0xF7, 0, 0]  // a table of 256 colours for all frames
    for place in 0..<256 {
      let rgb = place < table.colors.count ? table.colors[place] : 0
      bytes += [UInt8(rgb >> 16 & 255), UInt8(rgb >> 8 & 255), UInt8(rgb & 255)]
    }
    bytes += [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0]
  }

  /// The bytes of one frame, which hold only the rectangle that changed.
  ///
  /// Transparent pixels for what did not change inside it would make files of clouds larger.
  /// - Parameters:
  ///   - places: of all pixels in the colour table, now and in the `previous` frame, if there is one.
  ///   - delay: in hundredths of a second.
  static func frame(_ places: [UInt8], after previous: [UInt8]?, width: Int, delay: Int) -> [UInt8] {
    let height = places.count / width
    let area =
      previous.map { changed(places, $0, width: width) } ?? Area(x: 0, y: 0, width: width, height: height)
    var content: [UInt8] = []
    content.reserveCapacity(area.width * area.height)
    for row in area.y..<area.y + area.height {
      let start = row * width + area.x
      content += places[start..<start + area.width]
    }
    var bytes: [UInt8] = [0x21, 0xF9, 4, 4] + word(delay) + [0, 0]  // left in place, nothing transparent
    bytes += [0x2C] + word(area.x) + word(area.y) + word(area.width) + word(area.height) + [0, 8]
    return bytes + LZW.compress(content)
  }

  /// Adds a frame.
  mutating func append(_ frame: [UInt8]) { bytes += frame }

  /// The whole file.
  func finished() -> [UInt8] { bytes + [0x3B] }

  private struct Area {
    var x, y, width, height: Int
  }

  /// The smallest rectangle outside of which two pictures agree; one pixel if they agree everywhere.
  private static func changed(_ new: [UInt8], _ old: [UInt8], width: Int) -> Area {
    let height = new.count / width
    var (left, right) = (width, -1)
    var (top, bottom) = (height, -1)
    for row in 0..<height {
      let line = row * width..<(row + 1) * width
      guard new[line] != old[line] else { continue }
      top = min(top, row)
      bottom = row
      var first = 0
      while new[line.lowerBound + first] == old[line.lowerBound + first] { first += 1 }
      var last = width - 1
      while new[line.lowerBound + last] == old[line.lowerBound + last] { last -= 1 }
      left = min(left, first)
      right = max(right, last)
    }
    return bottom < 0
      ? Area(x: 0, y: 0, width: 1, height: 1)
      : Area(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
  }

  private static func word(_ value: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
  }
}

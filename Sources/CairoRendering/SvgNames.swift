/// Makes cairo's SVG the same on every run, with ids of its own.
///
/// Cairo numbers surfaces by a counter of the process, so equal drawings get different ids. Here every id that ends in
/// digits is numbered anew by first appearance.
enum SvgNames {
  /// The document with its ids numbered by first appearance within each kind (`surface`, `image`, `clip`, …).
  static func numbered(_ svg: [UInt8]) -> [UInt8] {
    var numbers: [[UInt8]: [[UInt8]: Int]] = [:]
    return rewritten(svg) { start in
      let letters = svg[start...].prefix(while: \.isLowercase)
      let digits = svg[letters.endIndex...].prefix(while: \.isDigit)
      let end = digits.endIndex
      guard !letters.isEmpty, !digits.isEmpty, end < svg.count, svg[end] == 0x22 || svg[end] == 0x29
      else { return (letters + digits, end) }
      let (kind, old) = (Array(letters), Array(digits))
      let number = numbers[kind, default: [:]][old] ?? numbers[kind, default: [:]].count + 1
      numbers[kind, default: [:]][old] = number
      return (letters + Array(String(number).utf8), end)
    }
  }

  /// The document with a prefix of its own before every id, so that several documents can be inlined in one HTML page:
  /// cairo names the first glyph of each `glyph-0-0`, and a page would show the glyph of the first document in all.
  static func unique(_ svg: [UInt8]) -> [UInt8] {
    // FNV-1a, of 32 bits: two of a thousand figures share a prefix with a chance of 10⁻⁴.
    let hash = svg.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
    let digits = String(hash, radix: 16)
    let prefix = ArraySlice(("f" + String(repeating: "0", count: 8 - digits.count) + digits + "-").utf8)
    return rewritten(svg) { (prefix, $0) }
  }

  /// The document with the start of every name replaced.
  /// - Parameter name: takes the place where a name starts; returns the new bytes and the place where copying resumes.
  private static func rewritten(
    _ svg: [UInt8], _ name: (Int) -> (ArraySlice<UInt8>, Int)
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(svg.count + svg.count / 8)
    var place = 0
    while place < svg.count {
      if let start = nameStart(svg, at: place) {
        let (bytes, next) = name(start)
        result += svg[place..<start] + bytes
        place = next
      } else {
        result.append(svg[place])
        place += 1
      }
    }
    return result
  }

  /// Where a name starts after `id="`, `href="#` or `url(#` at this place; `nil` if none of them stands here.
  private static func nameStart(_ svg: [UInt8], at place: Int) -> Int? {
    for prefix in prefixes where svg[place] == prefix[0] {
      if svg[place...].starts(with: prefix) { return place + prefix.count }
    }
    return nil
  }

  private static let prefixes = ["id=\"", "href=\"#", "url(#"].map { Array($0.utf8) }
}

extension UInt8 {
  fileprivate var isLowercase: Bool { (0x61...0x7A).contains(self) }
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}

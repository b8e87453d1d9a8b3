/// Finds where a text stops being valid JSON (RFC 8259), for error messages; Foundation does the decoding.
struct JSONSyntax {
  private let bytes: [UInt8]
  private var place = 0

  /// The line, counted from 1, of the first invalid byte; `nil` if all is valid JSON.
  static func firstFault(in bytes: [UInt8]) -> Int? {
    var scanner = JSONSyntax(bytes: bytes)
    if scanner.value(depth: 0) {
      scanner.skipSpace()
      if scanner.place == bytes.count { return nil }
    }
    return 1 + bytes[..<scanner.place].count { $0 == 0x0A }
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { place += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func value(depth: Int) -> Bool {
    guard depth < 100 else { return false }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return list("{", "}") { $0.member(depth: depth) }
    case UInt8(ascii: "["): return list("[", "]") { $0.value(depth: depth + 1) }
    case UInt8(ascii: "\""): return string()
    default: return ["true", "false", "null"].contains { word($0) } || number()
    }
  }

  private mutating func member(depth: Int) -> Bool {
    skipSpace()
    guard string() else { return false }
    skipSpace()
    return take(":") && value(depth: depth + 1)
  }

  private mutating func list(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ entry: (inout JSONSyntax) -> Bool
  ) -> Bool {
    guard take(open) else { return false }
    skipSpace()
    if take(close) { return true }
    repeat {
      guard entry(&self) else { return false }
      skipSpace()
    } while take(",")
    return take(close)
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    while let byte = next, byte >= 0x20 {
      place += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte == UInt8(ascii: "\\") { place = min(place + 1, bytes.count) }
    }
    return false
  }

  private mutating func word(_ word: String) -> Bool {
    guard bytes[place...].starts(with: word.utf8) else { return false }
    place += word.utf8.count
    return true
  }

  private mutating func number() -> Bool {
    _ = take("-")
    guard digits() else { return false }
    if take("."), !digits() { return false }
    guard take("e") || take("E") else { return true }
    _ = take("+") || take("-")
    return digits()
  }

  private mutating func digits() -> Bool {
    let start = place
    while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
    return place > start
  }
}

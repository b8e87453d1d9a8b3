/// Lempel–Ziv–Welch compression as GIF has it, with codes of 9 to 12 bits, lowest bit first.
enum LZW {
  /// The compressed bytes, cut into GIF's sub-blocks with an empty one at the end.
  /// - Complexity: O(n).
  static func compress(_ bytes: [UInt8]) -> [UInt8] {
    let clear: UInt32 = 256
    let end: UInt32 = 257
    var output = BitBlocks()
    // Each slot: 20 bits of (prefix code, byte), 12 bits of the code for both. All ones: empty.
    let slots = 1 << 13
    var table = [UInt32](repeating: .max, count: slots)
    var next: UInt32 = 258
    var width: UInt32 = 9
    output.put(clear, width: width)
    guard var prefix = bytes.first.map(UInt32.init) else {
      output.put(end, width: width)
      return output.finished()
    }
    for byte in bytes.dropFirst() {
      let key = prefix << 8 | UInt32(byte)
      var slot = Int((key &* 0x9E37_79B1) >> 19)
      while table[slot] != .max, table[slot] >> 12 != key { slot = (slot + 1) & (slots - 1) }
      if table[slot] != .max {
        prefix = table[slot] & 0xFFF
        continue
      }
      output.put(prefix, width: width)
      prefix = UInt32(byte)
      if next < 4096 {
        table[slot] = key << 12 | next
        // The decoder learns each code one code later, so the width grows one code later, too.
        if next == 1 << width { width += 1 }
        next += 1
      } else {
        output.put(clear, width: width)
        for slot in table.indices { table[slot] = .max }
        next = 258
        width = 9
      }
    }
    output.put(prefix, width: width)
    // The decoder has added a code after this one.
    if next < 4096, next == 1 << width { width += 1 }
    output.put(end, width: width)
    return output.finished()
  }
}

/// Codes packed into bytes, and bytes into blocks of at most 255 with their length in front.
private struct BitBlocks {
  private var bytes: [UInt8] = [0]
  private var blockStart = 0
  private var bits: UInt32 = 0
  private var bitCount: UInt32 = 0

  mutating func put(_ code: UInt32, width: UInt32) {
    bits |= code << bitCount
    bitCount += width
    while bitCount >= 8 {
      append(UInt8(truncatingIfNeeded: bits))
      bits >>= 8
      bitCount -= 8
    }
  }

  private mutating func append(_ byte: UInt8) {
    if bytes.count - blockStart == 256 { startBlock() }
    bytes.append(byte)
  }

  private mutating func startBlock() {
    bytes[blockStart] = UInt8(bytes.count - blockStart - 1)
    blockStart = bytes.count
    bytes.append(0)
  }

  mutating func finished() -> [UInt8] {
    if bitCount > 0 { append(UInt8(truncatingIfNeeded: bits)) }
    // The last block is closed by the length 0 that opens the next.
    if bytes.count - blockStart > 1 { startBlock() }
    return bytes
  }
}

/// Decompression of deflate streams (RFC 1951).
///
/// Neither the standard library nor FoundationEssentials has one, and `.npz` files alone do not justify one more
/// system library to install.
struct Inflate {
  private let input: ArraySlice<UInt8>
  private var place: Int
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var output: [UInt8] = []
  private let limit: Int

  /// The decompressed bytes of a stream; `nil` if it is damaged or has more than `limit` bytes.
  /// - Complexity: O(input + output).
  static func bytes(of input: ArraySlice<UInt8>, limit: Int) -> [UInt8]? {
    var inflate = Inflate(input: input, limit: limit)
    return inflate.run() ? inflate.output : nil
  }

  private init(input: ArraySlice<UInt8>, limit: Int) {
    self.input = input
    self.limit = limit
    place = input.startIndex
    output.reserveCapacity(min(limit, 4 * input.count))
  }

  /// A Huffman code, given by the count of each length and by the symbols in order (section 3.2.2).
  private struct Code {
    var counts = [Int](repeating: 0, count: 16)
    var symbols: [Int] = []

    /// The code with these lengths; `nil` if they define more words than exist.
    init?(lengths: ArraySlice<Int>) {
      for length in lengths { counts[length] += 1 }
      counts[0] = 0
      var free = 1
      for length in 1...15 {
        free = 2 * free - counts[length]
        if free < 0 { return nil }
      }
      var offsets = [Int](repeating: 0, count: 17)
      for length in 1...15 { offsets[length + 1] = offsets[length] + counts[length] }
      symbols = [Int](repeating: 0, count: offsets[16])
      for (symbol, length) in lengths.enumerated() where length > 0 {
        symbols[offsets[length]] = symbol
        offsets[length] += 1
      }
    }
  }

  /// The next `count` bits, at most 16; the first bit is the lowest.
  private mutating func take(_ count: Int) -> Int? {
    while bitCount < count {
      guard place < input.endIndex else { return nil }
      bits |= UInt32(input[place]) << UInt32(bitCount)
      bitCount += 8
      place += 1
    }
    let value = bits & (1 << UInt32(count) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  private mutating func symbol(_ code: Code) -> Int? {
    var (word, first, index) = (0, 0, 0)
    for length in 1...15 {
      guard let bit = take(1) else { return nil }
      word |= bit
      let count = code.counts[length]
      if word - first < count { return code.symbols[index + word - first] }
      index += count
      first = (first + count) << 1
      word <<= 1
    }
    return nil
  }

  private mutating func run() -> Bool {
    while true {
      guard let isLast = take(1), let type = take(2) else { return false }
      let isSound: Bool =
        switch type {
        case 0: stored()
        case 1: Self.fixed.map { compressed($0.literals, $0.distances) } ?? false
        case 2: dynamic()
        default: false
        }
      guard isSound else { return false }
      if isLast == 1 { return true }
    }
  }

  private mutating func stored() -> Bool {
    (bits, bitCount) = (0, 0)
    guard place + 4 <= input.endIndex else { return false }
    let length = Int(input[place]) | Int(input[place + 1]) << 8
    let check = Int(input[place + 2]) | Int(input[place + 3]) << 8
    place += 4
    guard length == check ^ 0xFFFF, place + length <= input.endIndex, output.count + length <= limit else {
      return false
    }
    output += input[place..<place + length]
    place += length
    return true
  }

  private static let fixed: (literals: Code, distances: Code)? = {
    let lengths = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
    guard let literals = Code(lengths: lengths[...]),
      let distances = Code(lengths: [Int](repeating: 5, count: 30)[...])
    else { return nil }
    return (literals, distances)
  }()

  /// The order of the code lengths of the code-length alphabet (section 3.2.7).
  private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  private mutating func dynamic() -> Bool {
    guard let literalCount = take(5).map({ $0 + 257 }), let distanceCount = take(5).map({ $0 + 1 }),
      let codeCount = take(4).map({ $0 + 4 }), literalCount <= 286, distanceCount <= 30
    else { return false }
    var lengths = [Int](repeating: 0, count: 19)
    for i in 0..<codeCount {
      guard let length = take(3) else { return false }
      lengths[Self.order[i]] = length
    }
    guard let code = Code(lengths: lengths[...]) else { return false }
    lengths = []
    while lengths.count < literalCount + distanceCount {
      guard let symbol = symbol(code) else { return false }
      switch symbol {
      case 0..<16: lengths.append(symbol)
      case 16:
        guard let last = lengths.last, let more = take(2) else { return false }
        lengths += [Int](repeating: last, count: 3 + more)
      default:
        guard let more = take(symbol == 17 ? 3 : 7) else { return false }
        lengths += [Int](repeating: 0, count: (symbol == 17 ? 3 : 11) + more)
      }
    }
    guard lengths.count == literalCount + distanceCount, lengths[256] > 0,
      let literals = Code(lengths: lengths[..<literalCount]),
      let distances = Code(lengths: lengths[literalCount...])
    else { return false }
    return compressed(literals, distances)
  }

  /// The smallest length or distance of each symbol, and its number of extra bits (section 3.2.5).
  private static let lengthBits = (0..<29).map { $0 < 8 || $0 == 28 ? 0 : ($0 - 4) / 4 }
  private static let lengthBases = lengthBits.indices.map { i in
    i == 28 ? 258 : 3 + lengthBits[..<i].reduce(0) { $0 + 1 << $1 }
  }
  private static let distanceBits = (0..<30).map { $0 < 4 ? 0 : ($0 - 2) / 2 }
  private static let distanceBases = distanceBits.indices.map { i in
    1 + distanceBits[..<i].reduce(0) { $0 + 1 << $1 }
  }

  private mutating func compressed(_ literals: Code, _ distances: Code) -> Bool {
    while true {
      guard let symbol = symbol(literals) else { return false }
      if symbol == 256 { return true }
      if symbol < 256 {
        guard output.count < limit else { return false }
        output.append(UInt8(symbol))
        continue
      }
      guard symbol < 257 + 29, let more = take(Self.lengthBits[symbol - 257]),
        let far = self.symbol(distances), far < 30, let further = take(Self.distanceBits[far])
      else { return false }
      let length = Self.lengthBases[symbol - 257] + more
      let distance = Self.distanceBases[far] + further
      guard distance <= output.count, output.count + length <= limit else { return false }
      let start = output.count - distance
      for i in 0..<length { output.append(output[start + i]) }
    }
  }
}

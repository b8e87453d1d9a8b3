/// The arrays in a ZIP archive that numpy.savez wrote.
enum ZIPArchive {
  static let magic: [UInt8] = [0x50, 0x4B, 3, 4]

  /// The largest number of bytes that an array may have once unpacked.
  private static let limit = 1 << 30

  /// A file of the archive, as the directory at the end describes it.
  private struct Entry {
    let name: String
    let method: Int
    let check: UInt32
    let packed: Int
    let unpacked: Int
    let place: Int
    let isEncrypted: Bool
  }

  /// The bytes of the only array in the archive.
  /// - Throws: ``FileError`` listing the arrays if there are several, or saying what else is wrong.
  /// - Complexity: O(bytes of the archive + bytes of the array).
  static func onlyArray(of bytes: [UInt8], path: String) throws(FileError) -> [UInt8] {
    func error(_ problem: String, _ remedy: String) -> FileError {
      FileError(path: path, problem: problem, remedy: remedy)
    }
    let again = "save it again with numpy.savez(path, array)"
    guard let entries = directory(of: bytes) else {
      throw error("is a ZIP archive that is damaged or was cut short", again)
    }
    let arrays = entries.filter { $0.name.hasSuffix(".npy") }
    guard let array = arrays.first else {
      let kind = FileKind(of: bytes)
      throw error("is \(kind.name), without any NPY array in it", kind.remedy)
    }
    guard arrays.count == 1 else {
      let names = Listing.of(arrays.map { String($0.name.dropLast(4)).clipped }, limit: 10)
      throw error(
        "holds \(arrays.count) arrays: \(names)",
        "save one of them alone with numpy.save(path, archive[name])")
    }
    guard !array.isEncrypted else { throw error("is encrypted", again) }
    guard array.unpacked <= limit else {
      throw error("unpacks to more than \(limit) bytes", "save fewer points")
    }
    let damaged = error("the array \(array.name.clipped) is damaged", again)
    guard let start = dataStart(of: array, in: bytes) else { throw damaged }
    let packed = bytes[start..<start + array.packed]
    let content: [UInt8]
    switch array.method {
    case 0: content = Array(packed)
    case 8:
      guard let unpacked = Inflate.bytes(of: packed, limit: array.unpacked) else { throw damaged }
      content = unpacked
    default: throw error("is compressed by method \(array.method), not by deflate", again)
    }
    guard content.count == array.unpacked, checksum(content) == array.check else { throw damaged }
    return content
  }

  private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int? {
    guard place >= 0, place + count <= bytes.count else { return nil }
    let word = (0..<count).reduce(UInt64(0)) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
    return Int(exactly: word)
  }

  /// The files of the archive; `nil` if the directory is incomplete.
  private static func directory(of bytes: [UInt8]) -> [Entry]? {
    // The record at the end has 22 bytes and a comment of up to 65,535.
    guard bytes.count >= 22 else { return nil }
    let end = stride(from: bytes.count - 22, through: max(0, bytes.count - 22 - 0xFFFF), by: -1).first {
      bytes[$0] == 0x50 && bytes[$0 + 1] == 0x4B && bytes[$0 + 2] == 5 && bytes[$0 + 3] == 6
    }
    guard let end, let count = number(bytes, end + 10, 2), var place = number(bytes, end + 16, 4) else {
      return nil
    }
    var entries: [Entry] = []
    for _ in 0..<count {
      guard number(bytes, place, 4) == 0x0201_4B50, let flags = number(bytes, place + 8, 2),
        let method = number(bytes, place + 10, 2), let check = number(bytes, place + 16, 4),
        var packed = number(bytes, place + 20, 4), var unpacked = number(bytes, place + 24, 4),
        let nameLength = number(bytes, place + 28, 2), let extraLength = number(bytes, place + 30, 2),
        let commentLength = number(bytes, place + 32, 2), let start = number(bytes, place + 42, 4),
        place + 46 + nameLength + extraLength <= bytes.count
      else { return nil }
      let nameEnd = place + 46 + nameLength
      // Sizes of 4 GB and more, and sizes that the writer did not know beforehand, have an extra field.
      var extra = nameEnd
      while extra + 4 <= nameEnd + extraLength {
        guard let tag = number(bytes, extra, 2), let size = number(bytes, extra + 2, 2) else { return nil }
        if tag == 1 {
          var field = extra + 4
          if unpacked == 0xFFFF_FFFF {
            guard let large = number(bytes, field, 8) else { return nil }
            unpacked = large
            field += 8
          }
          if packed == 0xFFFF_FFFF {
            guard let large = number(bytes, field, 8) else { return nil }
            packed = large
          }
        }
        extra += 4 + size
      }
      entries.append(
        Entry(
          name: TextBytes.text(bytes[place + 46..<nameEnd]), method: method,
          check: UInt32(truncatingIfNeeded: check), packed: packed, unpacked: unpacked, place: start,
          isEncrypted: flags & 1 == 1))
      place = nameEnd + extraLength + commentLength
    }
    return entries
  }

  /// The position where the packed bytes of a file begin; `nil` if they are incomplete.
  private static func dataStart(of entry: Entry, in bytes: [UInt8]) -> Int? {
    guard number(bytes, entry.place, 4) == 0x0403_4B50, let name = number(bytes, entry.place + 26, 2),
      let extra = number(bytes, entry.place + 28, 2)
    else { return nil }
    let start = entry.place + 30 + name + extra
    guard start <= bytes.count, entry.packed <= bytes.count - start else { return nil }
    return start
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { word, _ in word & 1 == 1 ? word >> 1 ^ 0xEDB8_8320 : word >> 1 }
  }

  /// The CRC-32 of bytes (ISO 3309).
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var word: UInt32 = 0xFFFF_FFFF
    for byte in bytes { word = table[Int((word ^ UInt32(byte)) & 0xFF)] ^ word >> 8 }
    return ~word
  }
}

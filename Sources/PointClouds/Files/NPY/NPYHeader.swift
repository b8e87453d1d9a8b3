/// The header of an NPY file, which describes the array that follows.
struct NPYHeader {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The number of bytes before the data.
  let length: Int
  /// The extents of the array; none is negative.
  let shape: [Int]
  /// Whether the first index runs fastest.
  let isFortran: Bool
  /// The type of the numbers.
  let type: NPYType

  /// Reads the header.
  /// - Throws: ``FileError`` if these are not the bytes of an array of numbers.
  init(_ bytes: [UInt8], path: String) throws(FileError) {
    func error(_ problem: String, _ remedy: String) -> FileError {
      FileError(path: path, problem: problem, remedy: remedy)
    }
    let save = "save it with numpy.save(path, array.astype(\"<f8\"))"
    guard !bytes.isEmpty else { throw error("is empty", save) }
    guard bytes.starts(with: Self.magic) else {
      let kind = FileKind(of: bytes)
      throw error(
        "is \(kind.name), not an NPY file",
        kind.isPlainText ? "end its name in .csv where it holds points" : kind.remedy)
    }
    guard bytes.count >= 12 else { throw error("is cut short in its header", save) }
    let start: Int
    let textLength: Int
    switch bytes[6] {
    case 1:
      start = 10
      textLength = Int(bytes[8]) | Int(bytes[9]) << 8
    case 2, 3:
      start = 12
      textLength = (0..<4).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    default:
      throw error("has format version \(bytes[6]), not 1, 2 or 3", save)
    }
    guard textLength <= bytes.count - start else { throw error("is cut short in its header", save) }
    length = start + textLength
    let text = String(decoding: bytes[start..<length], as: UTF8.self)

    guard let type = Self.value(of: "descr", in: text) else {
      throw error("the header names no type", save)
    }
    self.type = try NPYType(type, path: path)
    switch Self.value(of: "fortran_order", in: text) {
    case "False": isFortran = false
    case "True": isFortran = true
    default: throw error("the header names no order", save)
    }
    guard let extents = Self.value(of: "shape", in: text), extents.first == "(", extents.last == ")" else {
      throw error("the header names no shape", save)
    }
    var shape: [Int] = []
    for extent in extents.dropFirst().dropLast().split(separator: ",") {
      let digits = extent.filter { $0 != " " }
      if digits.isEmpty { continue }
      guard let value = Int(digits), value >= 0 else {
        throw error("has the absurd shape \(String(extents).clipped)", save)
      }
      shape.append(value)
    }
    self.shape = shape
  }

  /// The number at a position of the data.
  func value(_ place: Int, in bytes: [UInt8]) -> Double {
    type.value(at: length + place * type.width, in: bytes)
  }

  /// The text of the entry `key` of the header, which is a Python dictionary.
  private static func value(of key: String, in header: String) -> Substring? {
    for quote in ["'", "\""] {
      guard let found = header.firstRange(of: "\(quote)\(key)\(quote)") else { continue }
      let rest = header[found.upperBound...].drop { $0 == " " || $0 == ":" }
      let end =
        rest.first == "("
        ? rest.firstIndex(of: ")").map(rest.index(after:))
        : rest.firstIndex { $0 == "," || $0 == "}" }
      guard let end else { return nil }
      let value = rest[..<end]
      return value.lastIndex { $0 != " " }.map { value[...$0] }
    }
    return nil
  }
}

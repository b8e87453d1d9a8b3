/// The type of the numbers in an NPY array: a kind, a width and a byte order.
struct NPYType: Hashable {
  /// The encoding of a number.
  enum Kind: Hashable {
    /// A floating-point number (IEEE 754).
    case float
    /// A signed integer (two's complement).
    case signed
    /// An unsigned integer.
    case unsigned
  }

  /// The encoding.
  let kind: Kind
  /// The number of bytes per number.
  let width: Int
  /// Whether the most significant byte comes first.
  let isBigEndian: Bool

  /// The type of a NumPy description such as `<f8`.
  /// - Throws: ``FileError`` naming the type, if its values are neither integers nor floating-point numbers.
  init(_ description: Substring, path: String) throws(FileError) {
    func refuse(_ what: String, _ remedy: String = "save it with numpy.save(path, array.astype(\"<f8\"))")
      -> FileError
    {
      FileError(
        path: path, problem: "holds \(what) (type \(String(description).clipped)), not numbers",
        remedy: remedy)
    }
    if description.first == "[" {
      throw refuse(
        "records with named fields",
        "save two of them with numpy.save(path, numpy.column_stack([array[\"x\"], array[\"y\"]]))")
    }
    let text = description.filter { $0 != "'" && $0 != "\"" }
    let marks: Set<Character> = ["<", ">", "=", "|"]
    let order = text.first.flatMap { marks.contains($0) ? $0 : nil }
    let name = order == nil ? text : String(text.dropFirst())
    isBigEndian = order == ">"
    switch name {
    case "f2", "f4", "f8": kind = .float
    case "i1", "i2", "i4", "i8": kind = .signed
    case "u1", "u2", "u4", "u8": kind = .unsigned
    default:
      switch name.first {
      case "b": throw refuse("truth values")
      case "O": throw refuse("Python objects")
      case "c": throw refuse("complex numbers", "save numpy.column_stack([array.real, array.imag])")
      case "U", "S", "a": throw refuse("texts")
      case "M", "m": throw refuse("times")
      case "V": throw refuse("raw bytes or records")
      case "f", "g": throw refuse("floating-point numbers of another width")
      default: throw refuse("something unknown")
      }
    }
    width = name.last.flatMap(\.wholeNumberValue) ?? 8
  }

  /// The number whose bytes begin at a position.
  /// - Precondition: all bytes of the number are there.
  func value(at start: Int, in bytes: [UInt8]) -> Double {
    var word: UInt64 = 0
    for byte in 0..<width {
      word |= UInt64(bytes[start + byte]) << UInt64(8 * (isBigEndian ? width - 1 - byte : byte))
    }
    switch kind {
    case .unsigned: return Double(word)
    case .signed:
      let unused = UInt64(64 - 8 * width)
      return Double(Int64(bitPattern: word << unused) >> Int64(unused))
    case .float:
      switch width {
      case 8: return Double(bitPattern: word)
      case 4: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: word)))
      default: return Self.half(UInt16(truncatingIfNeeded: word))
      }
    }
  }

  /// The value of a 16-bit floating-point number (IEEE 754 binary16).
  private static func half(_ bits: UInt16) -> Double {
    let fraction = Double(bits & 0x3FF)
    let exponent = Int(bits >> 10 & 0x1F)
    let magnitude: Double =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: (1024 + fraction) * Double(bitPattern: UInt64(1023 + exponent - 25) << 52)
      }
    return bits >> 15 == 0 ? magnitude : -magnitude
  }
}

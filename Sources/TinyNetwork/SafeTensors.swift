import PointClouds

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The contents of a `.safetensors` file: named tensors and a table of texts.
///
/// The format: eight bytes that give the length of a JSON header (little endian), the header, and the raw
/// numbers. The header maps each name to type, shape and place, and `__metadata__` to texts.
/// https://github.com/huggingface/safetensors#format
package struct SafeTensors: Sendable, Hashable {
  /// The numbers of one tensor. Half and whole numbers are none of this lab's.
  package enum Values: Sendable, Hashable {
    /// `F32`.
    case floats([Float])
    /// `F64`.
    case doubles([Double])
  }

  /// One tensor.
  package struct Tensor: Sendable, Hashable {
    /// Its sizes, outermost first.
    package let shape: [Int]
    /// Its numbers, row major.
    package let values: Values

    /// A tensor of 32-bit numbers.
    package init(shape: [Int], floats: [Float]) {
      precondition(shape.reduce(1, *) == floats.count, "\(floats.count) numbers for the shape \(shape)")
      self.shape = shape
      values = .floats(floats)
    }

    /// A tensor of 64-bit numbers.
    package init(shape: [Int], doubles: [Double]) {
      precondition(shape.reduce(1, *) == doubles.count, "\(doubles.count) numbers for the shape \(shape)")
      self.shape = shape
      values = .doubles(doubles)
    }
  }

  /// The tensors by name.
  package var tensors: [String: Tensor]
  /// The texts by name.
  package var metadata: [String: String]

  /// A file with these contents.
  package init(tensors: [String: Tensor], metadata: [String: String]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The file's bytes: the same contents give the same bytes. 64-bit tensors stand first, so that all are
  /// aligned, and within a type they are in the order of their names.
  package func encoded() throws -> [UInt8] {
    func isWide(_ name: String) -> Bool {
      if case .doubles = tensors[name]?.values { true } else { false }
    }
    let names = tensors.keys.sorted { (isWide($0) ? 0 : 1, $0) < (isWide($1) ? 0 : 1, $1) }
    var body: [UInt8] = []
    var header: [String: Entry] = ["__metadata__": .texts(metadata)]
    for name in names {
      guard let tensor = tensors[name] else { continue }
      let start = body.count
      switch tensor.values {
      case .floats(let numbers): for number in numbers { body.append(littleEndian: number.bitPattern) }
      case .doubles(let numbers): for number in numbers { body.append(littleEndian: number.bitPattern) }
      }
      header[name] = .tensor(
        Place(
          dtype: isWide(name) ? "F64" : "F32", shape: tensor.shape, data_offsets: [start, body.count]))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var json = [UInt8](try encoder.encode(header))
    while json.count % 8 != 0 { json.append(UInt8(ascii: " ")) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + json.count + body.count)
    bytes.append(littleEndian: UInt64(json.count))
    return bytes + json + body
  }

  /// The contents of a file's bytes.
  /// - Throws: ``FileError`` if anything about them is not as the format demands.
  package init(decoding bytes: [UInt8], path: String) throws(FileError) {
    func fault(_ problem: String) -> FileError {
      FileError(path: path, problem: problem, remedy: "give a whole .safetensors file")
    }
    // The header's length and its first brace tell the format from every other.
    let length: UInt64 = bytes.count >= 8 ? bytes.littleEndian(at: 0) : .max
    guard length <= 100_000_000, bytes.count == 8 || bytes[8] == UInt8(ascii: "{") else {
      let kind = FileKind(of: bytes)
      throw FileError(path: path, problem: "is \(kind.name), no .safetensors file", remedy: kind.remedy)
    }
    guard length <= bytes.count - 8 else {
      throw fault("is cut short: the header is \(length) bytes long, \(bytes.count - 8) follow")
    }
    let start = 8 + Int(length)
    guard length > 0, bytes[8] == UInt8(ascii: "{"),
      let header = try? JSONDecoder().decode([String: Entry].self, from: Data(bytes[8..<start]))
    else { throw fault("its header is no JSON table of tensors") }

    var tensors: [String: Tensor] = [:]
    var metadata: [String: String] = [:]
    var places: [(name: String, place: Place)] = []
    for (name, entry) in header {
      switch entry {
      case .texts(let texts):
        guard name == "__metadata__" else { throw fault("the entry “\(name)” is no tensor") }
        metadata = texts
      case .tensor(let place): places.append((name, place))
      }
    }
    // The format leaves no holes: in order of their places, each tensor starts where the one before ended.
    var end = 0
    places.sort { ($0.place.data_offsets, $0.name) < ($1.place.data_offsets, $1.name) }
    for (name, place) in places {
      guard place.dtype == "F32" || place.dtype == "F64" else {
        throw fault("the tensor “\(name)” has the type \(place.dtype); F32 or F64 is read")
      }
      let width = place.dtype == "F64" ? 8 : 4
      guard place.data_offsets.count == 2, place.data_offsets[0] == end else {
        throw fault("the tensor “\(name)” does not start where the one before it ends")
      }
      guard place.data_offsets[1] >= end, place.data_offsets[1] <= bytes.count - start else {
        throw fault(
          "is cut short: the tensor “\(name)” ends at byte \(place.data_offsets[1]) of \(bytes.count - start)"
        )
      }
      guard place.byteCount(width) == place.data_offsets[1] - end else {
        throw fault("the tensor “\(name)” of shape \(place.shape) does not fill its bytes")
      }
      let count = (place.data_offsets[1] - end) / width
      let first = start + end
      tensors[name] =
        width == 8
        ? Tensor(
          shape: place.shape,
          doubles: (0..<count).map { Double(bitPattern: bytes.littleEndian(at: first + 8 * $0)) })
        : Tensor(
          shape: place.shape,
          floats: (0..<count).map { Float(bitPattern: bytes.littleEndian(at: first + 4 * $0)) })
      end = place.data_offsets[1]
    }
    guard end == bytes.count - start else {
      throw fault("\(bytes.count - start - end) bytes after the last tensor belong to none")
    }
    self.init(tensors: tensors, metadata: metadata)
  }

  /// The header's entry for one tensor.
  private struct Place: Codable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]

    /// The bytes of all numbers, `nil` if the shape cannot be.
    func byteCount(_ width: Int) -> Int? {
      var total = width
      for size in shape {
        let (product, overflow) = total.multipliedReportingOverflow(by: size)
        guard size >= 0, !overflow else { return nil }
        total = product
      }
      return total
    }
  }

  /// An entry of the header.
  private enum Entry: Codable {
    case tensor(Place)
    case texts([String: String])

    init(from decoder: any Decoder) throws {
      if let texts = try? [String: String](from: decoder) {
        self = .texts(texts)
      } else {
        self = .tensor(try Place(from: decoder))
      }
    }

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .tensor(let place): try place.encode(to: encoder)
      case .texts(let texts): try texts.encode(to: encoder)
      }
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append<T: FixedWidthInteger>(littleEndian value: T) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  fileprivate func littleEndian<T: FixedWidthInteger>(at place: Int) -> T {
    withUnsafeBytes { T(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: T.self)) }
  }
}

/// Orders the places of tensors.
private func < (a: ([Int], String), b: ([Int], String)) -> Bool {
  a.0 == b.0 ? a.1 < b.1 : a.0.lexicographicallyPrecedes(b.0)
}

import PointClouds

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a checkpoint records about the origin of its data: names to recognize it by, never a path to open.
extension DataOrigin {
  private enum Key {
    static let kind = "data_kind"
    static let toy = "data_toy"
    static let parameters = "data_parameters"
    static let path = "data_path"
    static let hash = "data_hash"
    static let rows = "data_rows"
    static let seed = "held_out_seed"
    static let oneOf = "held_out_one_of"
  }

  /// The origin as texts of the metadata.
  var metadata: [String: String] {
    switch self {
    case .toy(let name, let parameters):
      [Key.kind: "toy", Key.toy: name, Key.parameters: parameters]
    case .mixture(let path, let hash):
      [Key.kind: "mixture", Key.path: path, Key.hash: "\(hash)"]
    case .rows(let path, let content, let heldOut):
      [
        Key.kind: "rows", Key.path: path, Key.hash: "\(content.hash)", Key.rows: "\(content.count)",
        Key.seed: "\(heldOut.seed)", Key.oneOf: "\(HeldOutRows.oneOf)",
      ]
    }
  }

  /// Names as a JSON list, which keeps any character; `nil` if one cannot be written.
  static func text(of names: [String]) -> String? {
    (try? JSONEncoder().encode(names)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The origin that the metadata name; `nil` if they name none, as before version 5.
  /// - Throws: ``FileError`` if a part of it is missing or wrong.
  init?(_ reader: MetadataReader) throws(FileError) {
    guard let kind = reader.texts[Key.kind] else { return nil }
    switch kind {
    case "toy": self = .toy(name: try reader.text(Key.toy), parameters: try reader.text(Key.parameters))
    case "mixture": self = .mixture(path: try reader.text(Key.path), hash: try reader.word(Key.hash))
    case "rows":
      let oneOf = try reader.integer(Key.oneOf)
      guard oneOf == HeldOutRows.oneOf else {
        throw reader.fault(
          "one of \(oneOf) rows was held out, and this program holds out one of \(HeldOutRows.oneOf)")
      }
      let count = try reader.integer(Key.rows)
      guard count >= 2 else { throw reader.fault("its data are \(count) rows") }
      self = .rows(
        path: try reader.text(Key.path),
        content: PointsFingerprint(count: count, hash: try reader.word(Key.hash)),
        heldOut: HeldOutRows(seed: try reader.word(Key.seed)))
    default: throw reader.fault("its data are of the kind “\(kind)”, none of toy, mixture and rows")
    }
  }
}

extension MetadataReader {
  /// Where the data came from; `nil` if that was not recorded.
  func origin() throws(FileError) -> DataOrigin? { try DataOrigin(self) }

  /// How many points were trained on; `nil` if that was not recorded.
  func trainingCount() throws(FileError) -> Int? {
    let key = "training_points"
    guard texts[key] != nil else { return nil }
    let count = try integer(key)
    guard (2...DataSource.largestCount).contains(count) else {
      throw fault("it was trained on \(count) points")
    }
    return count
  }

  /// The names of the labels; `nil` if there are none.
  func labelNames() throws(FileError) -> [String]? {
    guard let text = texts["label_names"] else { return nil }
    guard let names = try? JSONDecoder().decode([String].self, from: Data(text.utf8)) else {
      throw fault("its “label_names” are no JSON list of names")
    }
    return names
  }

  /// An unsigned whole number of 64 bits.
  func word(_ key: String) throws(FileError) -> UInt64 {
    guard let number = UInt64(try text(key)) else { throw fault("its “\(key)” is no whole number") }
    return number
  }
}

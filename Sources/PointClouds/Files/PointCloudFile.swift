/// Point clouds in files; the path's extension chooses the format.
public enum PointCloudFile {
  /// The cloud in a file, without the notes of ``load(_:reading:)``.
  /// - Throws: ``FileError`` as ``CSVFile/load(_:reading:)`` and ``NPYFile/load(_:reading:)`` do.
  package static func read(_ path: String, reading choices: ReadingChoices = .init()) throws(FileError)
    -> PointCloud
  {
    try load(path, reading: choices).cloud
  }

  /// The cloud in an NPY file (`.npy`, `.npz`), a CSV file (`.csv`, `.tsv`, `.txt`, `.dat`), or a file with
  /// another ending, whose first bytes decide.
  /// - Throws: ``FileError`` as `CSVFile/load(_:reading:)` and `NPYFile/load(_:reading:)` do.
  public static func load(_ path: String, reading choices: ReadingChoices = .init()) throws(FileError)
    -> ReadPoints
  {
    let bytes = try AtomicFile.read(path)
    return try format(of: bytes, path: path) == .array
      ? NPYFile.parse(bytes, reading: choices, path: path)
      : CSVFile.parse(bytes, reading: choices, path: path)
  }

  /// The formats that a data source can be read from.
  enum Format: Hashable {
    case table, array, mixture
  }

  /// The format by the ending of the path or, for any other ending, by the first bytes.
  static func format(of bytes: [UInt8], path: String) -> Format {
    switch path.ending {
    case "npy", "npz": return .array
    case "json": return .mixture
    case "csv", "tsv": return .table
    default:
      if bytes.starts(with: NPYHeader.magic) || bytes.starts(with: ZIPArchive.magic) { return .array }
      let first = bytes.first { $0 != 0x20 && !(9...13).contains($0) }
      return first == UInt8(ascii: "{") ? .mixture : .table
    }
  }

  /// The endings by which a name is recognized as a path.
  static let endings = ["csv", "tsv", "npy", "npz", "json", "txt", "dat"]

  /// Writes a cloud as CSV (`.csv`) or NPY (`.npy`).
  /// - Throws: ``FileError`` if the ending is another one or the file cannot be written.
  public static func write(_ cloud: PointCloud, to path: String) throws(FileError) {
    switch path.ending {
    case "npy": try NPYFile.write(cloud, to: path)
    case "csv": try CSVFile.write(cloud, to: path)
    default:
      // A pipe or /dev/stdout has no ending; any program can read text.
      guard OutputPlace.isStream(path) else {
        throw FileError(
          path: path, problem: "the ending \(path.ending.quoted) names no format for points",
          remedy: "end the name in .csv or .npy")
      }
      try CSVFile.write(cloud, to: path)
    }
  }
}

extension String {
  /// The extension of a path in lower case, without the dot; empty if there is none.
  var ending: String {
    let name = split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: ".") else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// The last part of a path without its ending.
  var stem: String {
    let name = split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return String(name) }
    return String(name[..<dot])
  }
}

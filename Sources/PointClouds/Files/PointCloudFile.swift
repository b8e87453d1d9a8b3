/// Point clouds in files, in the format that the path's ending names.
public enum PointCloudFile {
  /// The cloud in an NPY file (`.npy`) or, with any other ending, a CSV file.
  /// - Throws: ``FileError`` as ``CSVFile/read(_:)`` and ``NPYFile/read(_:)`` do.
  public static func read(_ path: String) throws(FileError) -> PointCloud {
    try path.ending == "npy" ? NPYFile.read(path) : CSVFile.read(path)
  }

  /// Writes a cloud as CSV (`.csv`) or NPY (`.npy`).
  /// - Throws: ``FileError`` where the ending is another or the file cannot be written.
  public static func write(_ cloud: PointCloud, to path: String) throws(FileError) {
    switch path.ending {
    case "npy": try NPYFile.write(cloud, to: path)
    case "csv": try CSVFile.write(cloud, to: path)
    default:
      // A pipe or /dev/stdout has no ending, and text is what anybody can read.
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
  /// What follows the last dot of a path's last part, in lower case; empty where there is none.
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

/// Point clouds as text: one line per point, `x,y` or `x,y,label`.
package enum CSVFile {
  /// The cloud in the file at `path`, without the notes of ``load(_:reading:)``.
  /// - Throws: ``FileError`` naming the line and a remedy, if the file cannot be read or holds no point.
  package static func read(_ path: String, reading choices: ReadingChoices = .init()) throws(FileError)
    -> PointCloud
  {
    try load(path, reading: choices).cloud
  }

  /// The cloud in the file at `path`, with notes about how it was read.
  ///
  /// Accepted: commas, semicolons, tabs, `|` or blanks between columns; decimal points or, if commas do not
  /// separate columns, decimal commas; quotes (RFC 4180); comment lines that begin with `#`, `%` or `//`; UTF-8
  /// and, with a byte order mark, UTF-16; line ends of every system; blank lines. A first line without numbers is
  /// the header. The points are the columns `x` and `y` or, without these, the first two columns of numbers that
  /// neither count the rows nor hold labels. Labels are the column named `label`, `class`, `species` and the like,
  /// or the only other column of words, or the third of three columns without a header.
  /// - Throws: ``FileError`` naming the line and a remedy, if the file cannot be read or holds no point.
  /// - Complexity: O(bytes), about 0.2 s per million points.
  package static func load(_ path: String, reading choices: ReadingChoices = .init()) throws(FileError)
    -> ReadPoints
  {
    try parse(AtomicFile.read(path), reading: choices, path: path)
  }

  /// Writes a cloud with a header; labels become a third column, by name if they have names.
  /// - Throws: ``FileError`` if the file cannot be written.
  package static func write(_ cloud: PointCloud, to path: String) throws(FileError) {
    try AtomicFile.write(bytes(of: cloud), to: path)
  }

  /// The text of a cloud: a header, then one line per point, ended by `\n`. Each number has the shortest form that
  /// reads back as the same `Double`.
  package static func text(of cloud: PointCloud) -> String {
    String(decoding: bytes(of: cloud), as: UTF8.self)
  }

  /// The bytes of ``text(of:)``.
  private static func bytes(of cloud: PointCloud) -> [UInt8] {
    var bytes = Array((cloud.labels == nil ? "x,y\n" : "x,y,label\n").utf8)
    bytes.reserveCapacity(40 * (cloud.count + 1))
    let names = cloud.labelNames?.map { Array(quoted($0).utf8) }
    for (i, point) in cloud.points.enumerated() {
      bytes += point.x.description.utf8
      bytes.append(UInt8(ascii: ","))
      bytes += point.y.description.utf8
      if let label = cloud.labels?[i] {
        bytes.append(UInt8(ascii: ","))
        if let names, names.indices.contains(label) {
          bytes += names[label]
        } else {
          bytes += "\(label)".utf8
        }
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// A name as a field, in quotes if it would not read back without them.
  private static func quoted(_ name: String) -> String {
    let isPlain =
      name.unicodeScalars.allSatisfy { !",;|\"\n\r\t ".unicodeScalars.contains($0) }
      && !["na", "nan", "null", "n/a", ""].contains(name.lowercased())
    return isPlain
      ? name
      : "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// The cloud in these bytes of a file.
  static func parse(
    _ bytes: [UInt8], reading choices: ReadingChoices = .init(), path: String
  ) throws(FileError) -> ReadPoints {
    let text = TextBytes.inUTF8(bytes)
    guard text.contains(where: { $0 != 0x20 && !(9...13).contains($0) }) else {
      throw FileError(path: path, problem: "is empty", remedy: "write a line \"x,y\" for each point")
    }
    let kind = FileKind(of: text)
    guard kind.isPlainText || kind.isUnknown else {
      throw FileError(path: path, problem: "is \(kind.name), not a CSV file", remedy: kind.remedy)
    }
    var reader = try CSVReader(text, choices: choices, path: path)
    return try reader.read()
  }
}

extension PointCloud {
  /// The largest coordinate that a file may hold; variances of larger ones overflow.
  static let largestCoordinate = 1e100
  /// The largest label that a file may hold.
  static let largestLabel = 9_999

  /// Checks that training can use the points of a file: at least two, and not all equal.
  /// - Throws: ``FileError`` naming what is missing.
  package static func checkSpread(_ points: [SIMD2<Double>], path: String) throws(FileError) {
    let remedy = "give at least two different points"
    guard let first = points.first else {
      throw FileError(path: path, problem: "holds no point", remedy: remedy)
    }
    guard points.count > 1 else {
      throw FileError(path: path, problem: "holds a single point", remedy: remedy)
    }
    guard points.contains(where: { $0 != first }) else {
      throw FileError(
        path: path, problem: "all \(points.count) points are equal (\(first.x), \(first.y))", remedy: remedy)
    }
    guard Standardization(of: PointCloud(points)) != nil else {
      throw FileError(
        path: path, problem: "the points are so close together that their squared distances vanish",
        remedy: "give them in smaller units")
    }
  }
}

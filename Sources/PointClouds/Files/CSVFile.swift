/// Point clouds as text: a line a point, `x,y` or `x,y,label`.
public enum CSVFile {
  /// The cloud in the file at `path`.
  ///
  /// Accepted: a header that names `x`, `y` and perhaps `label`, in any order and among others, or none; a
  /// byte order mark; line ends of every system; spaces around numbers; blank lines.
  /// - Throws: ``FileError`` naming the line and what to do, where the file cannot be read or is no cloud of
  ///   at least two different points.
  public static func read(_ path: String) throws(FileError) -> PointCloud {
    try parse(AtomicFile.read(path), path: path)
  }

  /// Writes a cloud with a header and 6 decimals; labels become a third column.
  /// - Throws: ``FileError`` where the file cannot be written.
  public static func write(_ cloud: PointCloud, to path: String) throws(FileError) {
    try AtomicFile.write(text(of: cloud), to: path)
  }

  /// The text of a cloud: a header, then a line a point with 6 decimals, lines ended by `\n`.
  public static func text(of cloud: PointCloud) -> String {
    var text = cloud.labels == nil ? "x,y\n" : "x,y,label\n"
    text.reserveCapacity(24 * (cloud.count + 1))
    for (i, point) in cloud.points.enumerated() {
      text += point.x.fixed(6)
      text += ","
      text += point.y.fixed(6)
      if let labels = cloud.labels { text += ",\(labels[i])" }
      text += "\n"
    }
    return text
  }

  /// The cloud that these bytes of a file state.
  static func parse(_ bytes: [UInt8], path: String) throws(FileError) -> PointCloud {
    let lines = try TextLines(bytes, path: path)
    guard let first = lines.first else {
      throw FileError(path: path, problem: "is empty", remedy: "write a line \"x,y\" for each point")
    }
    let columns = try CSVColumns(firstLine: first, path: path)
    var points: [SIMD2<Double>] = []
    var labels: [Int] = []
    for line in lines.dropFirst(columns.isHeader ? 1 : 0) {
      let row = try columns.row(line, path: path)
      points.append(row.point)
      if let label = row.label { labels.append(label) }
    }
    try PointCloud.checkSpread(points, path: path)
    return PointCloud(points, labels: columns.label == nil ? nil : labels)
  }
}

extension PointCloud {
  /// The largest coordinate that a file may hold; beyond it variances overflow.
  static let largestCoordinate = 1e100
  /// The largest label that a file may hold.
  static let largestLabel = 9_999

  /// Checks that points of a file are at least two, and not all equal.
  static func checkSpread(_ points: [SIMD2<Double>], path: String) throws(FileError) {
    guard let first = points.first else {
      throw FileError(path: path, problem: "holds no point", remedy: "give at least two different points")
    }
    guard points.count > 1 else {
      throw FileError(
        path: path, problem: "holds a single point", remedy: "give at least two different points")
    }
    guard Standardization(of: PointCloud(points)) != nil else {
      throw FileError(
        path: path, problem: "all \(points.count) points are equal (\(first.x), \(first.y))",
        remedy: "give at least two different points")
    }
  }
}

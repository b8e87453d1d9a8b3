/// The array of an NPY file as a table of points.
struct NPYTable {
  private let bytes: [UInt8]
  private let path: String
  private let choices: ReadingChoices
  private let header: NPYHeader
  private let rows: Int
  private let width: Int
  private let x: Int
  private let y: Int
  private let label: Int?

  private func error(_ problem: String, _ remedy: String) -> FileError {
    FileError(path: path, problem: problem, remedy: remedy)
  }

  /// The table in the bytes of a file.
  /// - Throws: ``FileError`` if they are no array of points, or an incomplete one.
  init(_ bytes: [UInt8], choices: ReadingChoices, path: String) throws(FileError) {
    let header = try NPYHeader(bytes, path: path)
    func error(_ problem: String, _ remedy: String) -> FileError {
      FileError(path: path, problem: problem, remedy: remedy)
    }
    let shape = "(" + header.shape.map { "\($0)" }.joined(separator: ", ") + ")"
    let wanted = "save shape (N, 2), or (N, 3) with labels"
    guard header.shape.count == 2 else {
      throw error(
        "an array of shape \(shape.clipped) is no point cloud",
        header.shape.count == 3 && header.shape[2] == 2 ? "save one of its clouds, array[-1]" : wanted)
    }
    let (rows, width) = (header.shape[0], header.shape[1])
    if let columns = choices.columns {
      var places: [Int] = []
      for text in columns {
        guard let number = Int(text), (1...max(width, 1)).contains(number), number <= width else {
          throw error(
            "the column \(text.quoted) is missing; an array has no names, and this one has \(width) columns",
            "number two of these by --columns, counted from 1")
        }
        places.append(number - 1)
      }
      guard Set(places).count == places.count else {
        throw error("--columns names a column twice", "name two different ones of \(width)")
      }
      (x, y, label) = (places[0], places[1], places.count == 3 ? places[2] : nil)
    } else {
      guard width == 2 || width == 3 else {
        throw error(
          "an array of shape \(shape) is no point cloud" + (rows == 2 ? ": is it transposed?" : ""),
          rows == 2 ? "save array.T" : width > 3 ? "\(wanted), or name two columns by --columns 1,2" : wanted)
      }
      (x, y, label) = (0, 1, width == 3 ? 2 : nil)
    }
    let (count, tooMany) = rows.multipliedReportingOverflow(by: width)
    let (size, overflow) = count.multipliedReportingOverflow(by: header.type.width)
    let available = bytes.count - header.length
    guard !tooMany, !overflow, size == available else {
      let isTooLarge = tooMany || overflow
      throw error(
        "shape \(shape) needs \(isTooLarge ? "too many" : "\(size)") bytes, and \(available) are there",
        isTooLarge || size > available
          ? "the file was cut short: save it again" : "save one array alone in the file")
    }
    self.bytes = bytes
    self.path = path
    self.choices = choices
    self.header = header
    self.rows = rows
    self.width = width
  }

  private func value(_ row: Int, _ column: Int) -> Double {
    header.value(header.isFortran ? column * rows + row : row * width + column, in: bytes)
  }

  /// The points of all rows.
  /// - Throws: ``FileError`` naming the first row that cannot be used.
  /// - Complexity: O(rows).
  func points() throws(FileError) -> ReadPoints {
    var points: [SIMD2<Double>] = []
    var labels: [Int] = []
    var missing: (rows: [String], count: Int) = ([], 0)
    points.reserveCapacity(rows)
    if label != nil { labels.reserveCapacity(rows) }
    for row in 0..<rows {
      let point = SIMD2(value(row, x), value(row, y))
      let number = label.map { value(row, $0) }
      if point.x.isNaN || point.y.isNaN || number?.isNaN == true {
        missing.count += 1
        if missing.rows.count < 5 { missing.rows.append("\(row)") }
        continue
      }
      for (coordinate, name) in [(point.x, "x"), (point.y, "y")]
      where !(coordinate.magnitude <= PointCloud.largestCoordinate) {
        throw error("row \(row) has \(name) = \(coordinate)", "keep finite values below 1e100")
      }
      if let number {
        guard let label = Int(exactly: number) else {
          throw error(
            "row \(row) has the label \(number)",
            rows == 2 && width == 3
              ? "number the parts by whole numbers; or, if the array is transposed, save array.T"
              : "number the parts by whole numbers, or take two columns by --columns 1,2")
        }
        labels.append(label)
      }
      points.append(point)
    }
    var notes: [String] = []
    if missing.count > 0 {
      let what =
        "\(missing.count) row\(missing.count == 1 ? "" : "s") with a NaN (row\(missing.count == 1 ? "" : "s") "
        + Listing.of(missing.rows, total: missing.count) + ")"
      guard choices.skipsMissing else {
        throw error("has \(what)", "complete them, or leave them out by --skip-missing")
      }
      notes.append("\(what) left out")
    }
    guard !points.isEmpty else { throw error("holds no point", "save at least one row") }
    guard label != nil else { return ReadPoints(PointCloud(points), notes: notes) }
    let (numbers, names) = CSVLabels.numbered(labels)
    guard names?.count ?? 0 <= CSVLabels.most else {
      throw error(
        "has \(names?.count ?? 0) different labels, more than \(CSVLabels.most)",
        "take two columns by --columns 1,2")
    }
    return ReadPoints(PointCloud(points, labels: numbers, labelNames: names), notes: notes)
  }
}

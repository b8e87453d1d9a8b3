/// Point clouds as numpy's binary arrays (NEP 1, *A simple file format for numpy arrays*).
public enum NPYFile {
  /// The cloud in the array at `path`: shape (N, 2), or (N, 3) with a label in the third column.
  ///
  /// Accepted: format versions 1 to 3, `float32` and `float64`, little-endian, in C and in Fortran order.
  /// - Throws: ``FileError`` saying what to do, where the file cannot be read or is no cloud of at least two
  ///   different finite points.
  public static func read(_ path: String) throws(FileError) -> PointCloud {
    try parse(AtomicFile.read(path), path: path)
  }

  /// Writes a cloud as `float64` of shape (N, 2), or (N, 3) with its labels where it has some.
  /// - Throws: ``FileError`` where the file cannot be written.
  public static func write(_ cloud: PointCloud, to path: String) throws(FileError) {
    let columns = cloud.labels == nil ? 2 : 3
    var values: [Double] = []
    values.reserveCapacity(cloud.count * columns)
    for (i, point) in cloud.points.enumerated() {
      values += [point.x, point.y]
      if let labels = cloud.labels { values.append(Double(labels[i])) }
    }
    try AtomicFile.write(bytes(shape: [cloud.count, columns], values: values), to: path)
  }

  /// Writes the clouds of a chain as `float64` of shape (clouds, N, 2), without labels.
  /// - Precondition: all clouds have the same count.
  /// - Throws: ``FileError`` where the file cannot be written.
  public static func write(_ clouds: [PointCloud], to path: String) throws(FileError) {
    let count = clouds.first?.count ?? 0
    precondition(clouds.allSatisfy { $0.count == count }, "clouds of different counts")
    let values = clouds.flatMap { cloud in cloud.points.flatMap { [$0.x, $0.y] } }
    try AtomicFile.write(bytes(shape: [clouds.count, count, 2], values: values), to: path)
  }

  /// The file of a `float64` array in C order, format version 1.
  /// - Precondition: `values` has as many entries as `shape` states.
  public static func bytes(shape: [Int], values: [Double]) -> [UInt8] {
    precondition(
      shape.reduce(1, *) == values.count, "\(values.count) values for an array of shape \(shape)")
    let extents = shape.map { "\($0)" }.joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(extents)), }"
    // Numpy wants the data to begin at a multiple of 64 bytes: 10 of preamble, the header, a line end.
    header += String(repeating: " ", count: 63 - (header.utf8.count + 10) % 64) + "\n"
    let length = header.utf8.count
    var bytes = NPYHeader.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(header.utf8)
    bytes.reserveCapacity(bytes.count + 8 * values.count)
    for value in values {
      for shift in stride(from: UInt64(0), through: 56, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
      }
    }
    return bytes
  }

  /// The cloud that these bytes of a file state.
  static func parse(_ bytes: [UInt8], path: String) throws(FileError) -> PointCloud {
    func error(_ problem: String, _ remedy: String) -> FileError {
      FileError(path: path, problem: problem, remedy: remedy)
    }
    let header = try NPYHeader(bytes, path: path)
    let shape = "(" + header.shape.map { "\($0)" }.joined(separator: ", ") + ")"
    guard header.shape.count == 2, header.shape[1] == 2 || header.shape[1] == 3 else {
      throw error("an array of shape \(shape) is no point cloud", "save shape (N, 2), or (N, 3) with labels")
    }
    let (rows, columns) = (header.shape[0], header.shape[1])
    let (size, overflow) = rows.multipliedReportingOverflow(by: columns * header.width)
    let available = bytes.count - header.length
    guard !overflow, size == available else {
      throw error(
        "shape \(shape) needs \(overflow ? "too many" : "\(size)") bytes, and \(available) are there",
        overflow || size > available
          ? "the file was cut short: save it again" : "save one array alone in the file")
    }
    func value(_ row: Int, _ column: Int) -> Double {
      let place = header.isFortran ? column * rows + row : row * columns + column
      return header.value(place, in: bytes)
    }
    var points: [SIMD2<Double>] = []
    var labels: [Int] = []
    for row in 0..<rows {
      let point = SIMD2(value(row, 0), value(row, 1))
      for (coordinate, name) in [(point.x, "x"), (point.y, "y")]
      where !(coordinate.magnitude <= PointCloud.largestCoordinate) {
        throw error("row \(row) has \(name) = \(coordinate)", "keep finite values below 1e100")
      }
      points.append(point)
      guard columns == 3 else { continue }
      let number = value(row, 2)
      guard let label = Int(exactly: number), (0...PointCloud.largestLabel).contains(label) else {
        throw error(
          "row \(row) has the label \(number)",
          "number the parts 0, 1, 2, … (at most \(PointCloud.largestLabel))")
      }
      labels.append(label)
    }
    try PointCloud.checkSpread(points, path: path)
    return PointCloud(points, labels: columns == 3 ? labels : nil)
  }
}

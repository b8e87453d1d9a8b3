/// Point clouds as NumPy's binary arrays (NEP 1, *A simple file format for numpy arrays*).
package enum NPYFile {
  /// The cloud in the array at `path`, without the notes of ``load(_:reading:)``.
  /// - Throws: ``FileError`` with a remedy, if the file cannot be read or holds no cloud of points.
  package static func read(_ path: String, reading choices: ReadingChoices = .init()) throws(FileError)
    -> PointCloud
  {
    try load(path, reading: choices).cloud
  }

  /// The cloud in the array at `path`: shape (N, 2), or (N, 3) with a label in the third column. The file may
  /// also be a `.npz` archive with a single array.
  ///
  /// Accepted: format versions 1 to 3, floating-point numbers of 2, 4 and 8 bytes, integers of 1 to 8 bytes, both
  /// byte orders, C and Fortran order. Columns are chosen by their numbers, counted from 1.
  /// - Throws: ``FileError`` with a remedy, if the file cannot be read or holds no cloud of points.
  package static func load(_ path: String, reading choices: ReadingChoices = .init()) throws(FileError)
    -> ReadPoints
  {
    try parse(AtomicFile.read(path), reading: choices, path: path)
  }

  /// Writes a cloud as `float64` of shape (N, 2), or (N, 3) if it has labels.
  /// - Throws: ``FileError`` if the file cannot be written.
  package static func write(_ cloud: PointCloud, to path: String) throws(FileError) {
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
  /// - Throws: ``FileError`` if the file cannot be written.
  package static func write(_ clouds: [PointCloud], to path: String) throws(FileError) {
    let count = clouds.first?.count ?? 0
    precondition(clouds.allSatisfy { $0.count == count }, "clouds of different counts")
    let values = clouds.flatMap { cloud in cloud.points.flatMap { [$0.x, $0.y] } }
    try AtomicFile.write(bytes(shape: [clouds.count, count, 2], values: values), to: path)
  }

  /// The bytes of an NPY file of a `float64` array in C order, format version 1.
  /// - Precondition: the number of values is that of `shape`.
  package static func bytes(shape: [Int], values: [Double]) -> [UInt8] {
    precondition(
      shape.reduce(1, *) == values.count, "\(values.count) values for an array of shape \(shape)")
    let extents = shape.map { "\($0)" }.joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(extents)), }"
    // The data begin at a multiple of 64 bytes, after 10 bytes of preamble, the header and a line end.
    header += String(repeating: " ", count: 63 - (header.utf8.count + 10) % 64) + "\n"
    let length = header.utf8.count
    var bytes = NPYHeader.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(header.utf8)
    bytes.reserveCapacity(bytes.count + 8 * values.count)
    for value in values {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  /// The cloud in these bytes of a file.
  static func parse(
    _ bytes: [UInt8], reading choices: ReadingChoices = .init(), path: String
  ) throws(FileError) -> ReadPoints {
    let bytes = bytes.starts(with: ZIPArchive.magic) ? try ZIPArchive.onlyArray(of: bytes, path: path) : bytes
    let table = try NPYTable(bytes, choices: choices, path: path)
    return try table.points()
  }
}

/// Point clouds as numpy's binary arrays (NEP 1, *A simple file format for numpy arrays*).
package enum NPYFile {
  /// The cloud in the array at `path`, as ``load(_:reading:)`` reads it.
  /// - Throws: ``FileError`` saying what to do, where the file cannot be read or is no cloud of points.
  package static func read(_ path: String, reading choices: ReadingChoices = .init()) throws(FileError)
    -> PointCloud
  {
    try load(path, reading: choices).cloud
  }

  /// The cloud in the array at `path`: shape (N, 2), or (N, 3) with a label in the third column. The array may
  /// be the only one of a `.npz` archive.
  ///
  /// Accepted: format versions 1 to 3, floating-point numbers of 2, 4 and 8 bytes and whole ones of 1 to 8, both
  /// orders of bytes, C and Fortran order. Columns are chosen by their numbers, counted from 1.
  /// - Throws: ``FileError`` saying what to do, where the file cannot be read or is no cloud of points.
  package static func load(_ path: String, reading choices: ReadingChoices = .init()) throws(FileError)
    -> ReadPoints
  {
    try parse(AtomicFile.read(path), reading: choices, path: path)
  }

  /// Writes a cloud as `float64` of shape (N, 2), or (N, 3) with its labels where it has some.
  /// - Throws: ``FileError`` where the file cannot be written.
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
  /// - Throws: ``FileError`` where the file cannot be written.
  package static func write(_ clouds: [PointCloud], to path: String) throws(FileError) {
    let count = clouds.first?.count ?? 0
    precondition(clouds.allSatisfy { $0.count == count }, "clouds of different counts")
    let values = clouds.flatMap { cloud in cloud.points.flatMap { [$0.x, $0.y] } }
    try AtomicFile.write(bytes(shape: [clouds.count, count, 2], values: values), to: path)
  }

  /// The file of a `float64` array in C order, format version 1.
  /// - Precondition: `values` has as many entries as `shape` states.
  package static func bytes(shape: [Int], values: [Double]) -> [UInt8] {
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
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  /// The cloud that these bytes of a file state.
  static func parse(
    _ bytes: [UInt8], reading choices: ReadingChoices = .init(), path: String
  ) throws(FileError) -> ReadPoints {
    let bytes = bytes.starts(with: ZIPArchive.magic) ? try ZIPArchive.onlyArray(of: bytes, path: path) : bytes
    let table = try NPYTable(bytes, choices: choices, path: path)
    return try table.points()
  }
}

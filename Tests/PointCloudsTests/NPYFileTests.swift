import TestSupport
import Testing

@testable import PointClouds

@Suite("NPY files")
struct NPYFileTests {
  /// The bytes of an array as numpy would save it.
  private func array(
    _ type: String, _ fortran: Bool, _ shape: String, _ data: [UInt8], version: UInt8 = 1
  ) -> [UInt8] {
    var header = "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }"
    let preamble = version == 1 ? 10 : 12
    header += String(repeating: " ", count: 63 - (header.utf8.count + preamble) % 64) + "\n"
    let count = header.utf8.count
    let size = [UInt8(count & 0xFF), UInt8(count >> 8)] + (version == 1 ? [] : [0, 0])
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + size + Array(header.utf8) + data
  }

  private func doubles(_ values: [Double]) -> [UInt8] {
    values.flatMap { v in (0..<8).map { UInt8(truncatingIfNeeded: v.bitPattern >> (8 * UInt64($0))) } }
  }

  private func floats(_ values: [Float]) -> [UInt8] {
    values.flatMap { v in (0..<4).map { UInt8(truncatingIfNeeded: v.bitPattern >> (8 * UInt32($0))) } }
  }

  private let cloud = PointCloud([SIMD2(1, 2), SIMD2(3, -4.5)])

  @Test("the header is the one that numpy writes")
  func header() {
    let bytes = NPYFile.bytes(shape: [2, 2], values: [1, 2, 3, -4.5])
    // numpy.save of this array on a little-endian machine, byte for byte.
    #expect(bytes == array("<f8", false, "(2, 2)", doubles([1, 2, 3, -4.5])))
    #expect(bytes.count == 128 + 32)
    #expect(
      NPYFile.bytes(shape: [1], values: [0]).prefix(128)
        == array("<f8", false, "(1,)", []).prefix(128))
  }

  @Test("reads both widths, both orders and all versions")
  func variants() throws {
    for version in [1, 2, 3] as [UInt8] {
      for bytes in [
        array("<f8", false, "(2, 2)", doubles([1, 2, 3, -4.5]), version: version),
        array("<f8", true, "(2, 2)", doubles([1, 3, 2, -4.5]), version: version),
        array("<f4", false, "(2, 2)", floats([1, 2, 3, -4.5]), version: version),
        array("<f4", true, "(2,2)", floats([1, 3, 2, -4.5]), version: version),
      ] { #expect(try NPYFile.parse(bytes, path: "p").cloud == cloud) }
    }
  }

  @Test("a third column is the label")
  func labels() throws {
    let bytes = array("<f8", true, "(2, 3)", doubles([1, 3, 2, -4.5, 0, 5]))
    #expect(
      try NPYFile.parse(bytes, path: "p").cloud
        == PointCloud(cloud.points, labels: [0, 5]))
    let negative = array("<f8", true, "(2, 3)", doubles([1, 3, 2, -4.5, -1, 1]))
    #expect(
      try NPYFile.parse(negative, path: "p").cloud
        == PointCloud(cloud.points, labels: [0, 1], labelNames: ["-1", "1"]))
  }

  @Test("what was written is read back bit for bit, labels and all")
  func roundTrip() throws {
    try withTemporaryFolder { folder in
      for toy in Toys.all {
        let cloud = toy.sample(count: 50, noise: NoiseSource(seed: 1, purpose: .data))
        try NPYFile.write(cloud, to: folder + "/a.npy")
        #expect(try NPYFile.read(folder + "/a.npy") == cloud)
      }
    }
  }

  @Test("a chain of clouds is an array of shape (clouds, points, 2)")
  func trajectory() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.npy"
      try NPYFile.write([cloud, cloud.map { $0 * 2 }, cloud], to: path)
      let values = [1, 2, 3, -4.5, 2, 4, 6, -9, 1, 2, 3, -4.5]
      #expect(try AtomicFile.read(path) == array("<f8", false, "(3, 2, 2)", doubles(values)))
      let error = try #require(throws: FileError.self) { try NPYFile.read(path) }
      #expect(error.problem.contains("(3, 2, 2)"))
    }
  }

  @Test("refuses what is no cloud and says what to do")
  func refuses() throws {
    let good = doubles([1, 2, 3, 4])
    let cases: [(bytes: [UInt8], problem: String)] = [
      ([], "is empty"), (Array("x,y\n1,2\n3,4\n".utf8), "is text that begins with \"x,y\", not an NPY file"),
      (Array(array("<f8", false, "(2, 2)", good).prefix(9)), "cut short in its header"),
      (Array(array("<f8", false, "(2, 2)", good).prefix(60)), "cut short in its header"),
      (array("<f8", false, "(2, 2)", Array(good.dropLast())), "needs 32 bytes, and 31 are there"),
      (array("<f8", false, "(2, 2)", good + [0]), "needs 32 bytes, and 33 are there"),
      (array("<f8", false, "(2, 2)", good, version: 9), "format version 9"),
      (array("|b1", false, "(2, 2)", good), "truth values (type '|b1')"),
      (array("<c16", false, "(2, 2)", good + good), "complex numbers"),
      (array("<U4", false, "(2,)", good), "texts"),
      (array("<M8[ns]", false, "(2, 2)", good), "times"),
      (array("<f16", false, "(2, 2)", good), "another width"),
      (array("<i3", false, "(2, 2)", good), "something unknown"),
      (array("<f8", false, "(2, 5)", good + good + Array(good.prefix(16))), "is it transposed?"),
      (array("|O", false, "(2, 2)", good), "Python objects (type '|O')"),
      (array("<f8", false, "(4,)", good), "shape (4)"),
      (array("<f8", false, "(1, 4)", good), "shape (1, 4)"), (array("<f8", false, "()", good), "shape ()"),
      (array("<f8", false, "(-2, 2)", good), "absurd shape"),
      (array("<f8", false, "(4611686018427387904, 2)", good), "too many"),
      (array("<f8", false, "(99999999999999999999, 2)", good), "absurd shape"),
      (array("<f8", false, "(1000000000000, 2)", good), "32 are there"),
      (array("<f8", false, "(0, 2)", []), "holds no point"),
      (array("<f8", false, "(2, 2)", doubles([1, .nan, 1, 2])), "1 row with a NaN (row 0)"),
      (array("<f4", false, "(2, 2)", floats([1, 2, .infinity, 2])), "row 1 has x = inf"),
      (array("<f8", false, "(2, 3)", doubles([1, 2, 0, 3, 4, 0.5])), "row 1 has the label 0.5"),
      (array("<f8", false, "(2, 3)", doubles([1, 2, 0, 3, 4, .nan])), "1 row with a NaN (row 1)"),
    ]
    for (bytes, problem) in cases {
      let error = try #require(throws: FileError.self) { try NPYFile.parse(bytes, path: "p.npy") }
      #expect(error.path == "p.npy" && error.problem.contains(problem), "\(error), not \(problem)")
      #expect(!error.remedy.isEmpty)
    }
  }

  @Test("reads every type of number in both orders of bytes")
  func types() throws {
    let values = [1, 2, 3, -4].map(Double.init)
    func bytes(_ word: UInt64, _ width: Int, _ isBig: Bool) -> [UInt8] {
      let bytes = (0..<width).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
      return isBig ? bytes.reversed() : bytes
    }
    for (mark, isBig) in [("<", false), (">", true), ("=", false), ("", false)] {
      for width in [1, 2, 4, 8] {
        let signed = values.flatMap { bytes(UInt64(bitPattern: Int64($0)), width, isBig) }
        let read = try NPYFile.parse(array("\(mark)i\(width)", false, "(2, 2)", signed), path: "p").cloud
        #expect(read.points == [SIMD2(1, 2), SIMD2(3, -4)])
        let unsigned = values.flatMap { bytes(UInt64($0.magnitude), width, isBig) }
        let positive = try NPYFile.parse(array("\(mark)u\(width)", true, "(2, 2)", unsigned), path: "p").cloud
        #expect(positive.points == [SIMD2(1, 3), SIMD2(2, 4)])
      }
      let wide = values.flatMap { bytes($0.bitPattern, 8, isBig) }
      let narrow = values.flatMap { bytes(UInt64(Float($0).bitPattern), 4, isBig) }
      // 1, 2, 3 and −4 in binary16.
      let half = [0x3C00, 0x4000, 0x4200, 0xC400].flatMap { bytes($0, 2, isBig) }
      for (width, data) in [(8, wide), (4, narrow), (2, half)] {
        let read = try NPYFile.parse(array("\(mark)f\(width)", false, "(2, 2)", data), path: "p").cloud
        #expect(read.points == [SIMD2(1, 2), SIMD2(3, -4)])
      }
    }
    // The least and the largest finite half, and the largest byte.
    let halves = try NPYFile.parse(array("<f2", false, "(1, 2)", [1, 0, 0xFF, 0x7B]), path: "p").cloud
    #expect(halves.points == [SIMD2(0x1p-24, 65504)])
    #expect(
      try NPYFile.parse(array("|u1", false, "(1, 2)", [255, 0]), path: "p").cloud.points == [SIMD2(255, 0)])
  }

  @Test("columns are chosen by number, and rows with a NaN are left out on request")
  func choices() throws {
    let bytes = array("<f8", false, "(2, 4)", doubles([9, 1, 2, 7, 9, 3, .nan, 7]))
    let choices = ReadingChoices(columns: ["2", "4", "1"], skipsMissing: true)
    let read = try NPYFile.parse(bytes, reading: choices, path: "p").cloud
    #expect(read == PointCloud([SIMD2(1, 7), SIMD2(3, 7)], labels: [9, 9]))
    let skipped = try NPYFile.parse(
      bytes, reading: ReadingChoices(columns: ["2", "3"], skipsMissing: true), path: "p")
    #expect(skipped.cloud.points == [SIMD2(1, 2)] && skipped.notes == ["1 row with a NaN (row 1) left out"])
    for columns in [["5", "1"], ["0", "1"], ["x", "y"], ["1", "1"]] {
      #expect(throws: FileError.self) {
        try NPYFile.parse(bytes, reading: ReadingChoices(columns: columns), path: "p")
      }
    }
  }
}

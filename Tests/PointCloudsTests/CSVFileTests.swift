import Testing

@testable import PointClouds

@Suite("CSV files")
struct CSVFileTests {
  private func parse(_ text: String) throws -> PointCloud {
    try CSVFile.parse(Array(text.utf8), path: "points.csv").cloud
  }

  private func failure(_ text: String) -> FileError? {
    #expect(throws: FileError.self) { try parse(text) }
  }

  @Test("a cloud's text has a header, the shortest numbers that read back, and \\n line ends")
  func text() {
    let cloud = PointCloud([SIMD2(1, -0.5), SIMD2(1.0 / 3, 1e-9)], labels: [0, 12])
    #expect(CSVFile.text(of: cloud) == "x,y,label\n1.0,-0.5,0\n0.3333333333333333,1e-09,12\n")
    #expect(CSVFile.text(of: PointCloud([SIMD2(2, 3)])) == "x,y\n2.0,3.0\n")
  }

  @Test("what was written is read back bit for bit, labels and all", arguments: Toys.all)
  func roundTrip(toy: any ToyDistribution) throws {
    let cloud = toy.sample(count: 200, noise: NoiseSource(seed: 1, purpose: .data))
    #expect(try parse(CSVFile.text(of: cloud)) == cloud)
  }

  @Test("numbers of any scale are read back bit for bit", arguments: [1e-300, 1e-9, 1, 1e9, 1e99])
  func scales(scale: Double) throws {
    let cloud = Moons().sample(count: 50, noise: NoiseSource(seed: 2, purpose: .data)).map { $0 * scale }
    #expect(try parse(CSVFile.text(of: cloud)).points == cloud.points)
  }

  @Test(
    "reads every usual way of writing the same points",
    arguments: [
      "x,y\n1,2\n3,4\n", "1,2\n3,4", "x,y\r\n1,2\r\n3,4\r\n", "\u{FEFF}x,y\n1,2\n3,4\n", "1,2\r3,4\r",
      "x, y\n 1 ,\t2 \n3,4\n\n  \n\n", "y,x\n2,1\n4,3\n", "# x,y\n1,2\n3,4\n", "\"x\",\"y\"\n1,2\n3,4\n",
      "X,Y\n1.0,2e0\n+3,.4e1\n", "name,x,y\na,1,2\nb,3,4\n",
    ])
  func tolerates(text: String) throws {
    #expect(try parse(text) == PointCloud([SIMD2(1, 2), SIMD2(3, 4)]))
  }

  @Test(
    "reads labels with and without a header",
    arguments: ["x,y,label\n1,2,0\n3,4,7\n", "1,2,0\n3,4,7\n", "label,x,y\n0,1,2\n7.0,3,4\n"])
  func labels(text: String) throws {
    #expect(
      try parse(text) == PointCloud([SIMD2(1, 2), SIMD2(3, 4)], labels: [0, 7]))
  }

  @Test(
    "refuses bad input and names the line, the fault and the remedy",
    arguments: [
      ("", nil, "is empty"), ("\n \n", nil, "is empty"), ("x,y\n", nil, "holds no point"),
      ("1\n2\n", 1, "single column; the column y is missing"), ("x\n1\n", 1, "the column y is missing"),
      ("x,y\n1,2\n3\n", 3, "1 column instead of 2"), ("1,2\n3,4,5\n", 2, "3 columns instead of 2"),
      ("x,y\n1,5,2,5\n2,5,1,5\n", 2, "4 columns instead of 2, separated by \",\""),
      ("a;b\n1;u\n2;v\n", 1, "a single column of numbers (a), in 2 columns separated by \";\""),
      ("1:2\n3:4\n", 1, "\"1:2\" is a single column"),
      ("1,2\n\n3,four\n", 3, "y is \"four\", not a number"), ("1,2\n3,\n", 2, "1 row lacks a value: line 2"),
      ("1,2\nnan,4\n", 2, "1 row lacks a value"), ("1,2\n3,-inf\n", 2, "y is infinite"),
      ("1,2\n3,1e999\n", 2, "y is infinite"), ("1,2\n1e200,4\n", 2, "beyond 1e100"),
      ("1,2\n0x10,4\n", 2, "x is \"0x10\", a hexadecimal number"),
      ("1,2\n1_000,4\n", 2, "x is \"1_000\", not a number without separators of thousands"),
      ("1;2\n1.234,5;2\n", 2, "\"1.234,5\", not a number without separators of thousands"),
      ("1;2\n1.234.567;2\n", 2, "not a number without separators of thousands"),
      ("1,5;2\n1.234;2\n", 2, "\"1.234\" has a point, and line 1 has a comma as its decimal mark"),
      ("1.5\t2\n1,234\t2\n", 2, "\"1,234\" has a comma, and line 1 has a point"),
      ("1,2\n\u{0}\u{1}\n", 2, "is not text"), ("1,2\n\"3,4\n5,6\n", 2, "a quote that is never closed"),
      ("1,2\n\"3\"5,4\n", 2, "text right after a closing quote"),
      ("{\"weights\":[1]}", nil, "is JSON"), ("<!DOCTYPE html>\n<p>", nil, "is an HTML page"),
      ("version https://git-lfs.github.com/spec/v1\noid sha256:00\n", nil, "is a Git LFS pointer"),
    ] as [(String, Int?, String)])
  func refuses(text: String, line: Int?, problem: String) throws {
    let error = try #require(failure(text))
    #expect(error.path == "points.csv")
    #expect(error.line == line)
    #expect(error.problem.contains(problem), "\(error)")
    #expect(!error.remedy.isEmpty)
  }

  @Test("names in Latin-1 are read, and UTF-16 with a byte order mark in both byte orders")
  func encodings() throws {
    let latin = Array("x,y,label\n1,2,Gr".utf8) + [0xFC] + Array("n\n3,4,rot\n".utf8)
    #expect(try CSVFile.parse(latin, path: "p").cloud.labelNames == ["Grün", "rot"])
    for isLittle in [true, false] {
      let units = Array("\u{FEFF}x;y\r\n1,5;2\r\n3;4\r\n".utf16)
      let bytes = units.flatMap {
        isLittle ? [UInt8($0 & 0xFF), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 0xFF)]
      }
      #expect(try CSVFile.parse(bytes, path: "p").cloud.points == [SIMD2(1.5, 2), SIMD2(3, 4)])
    }
  }

  @Test("names the file that is not there")
  func missing() throws {
    let error = try #require(throws: FileError.self) { try CSVFile.read("/no/such/file.csv") }
    #expect(error.description.hasPrefix("/no/such/file.csv: cannot be read"))
  }
}

import Testing

@testable import PointClouds

@Suite("CSV files")
struct CSVFileTests {
  private func parse(_ text: String) throws -> PointCloud {
    try CSVFile.parse(Array(text.utf8), path: "points.csv")
  }

  private func failure(_ text: String) -> FileError? {
    #expect(throws: FileError.self) { try parse(text) }
  }

  @Test("a cloud's text has a header, 6 decimals and \\n line ends")
  func text() {
    let cloud = PointCloud([SIMD2(1, -0.5), SIMD2(1.0 / 3, 1e-9)], labels: [0, 12])
    #expect(CSVFile.text(of: cloud) == "x,y,label\n1.000000,-0.500000,0\n0.333333,0.000000,12\n")
    #expect(CSVFile.text(of: PointCloud([SIMD2(2, 3)])) == "x,y\n2.000000,3.000000\n")
  }

  @Test("what was written is read back to 6 decimals, labels and all", arguments: Toys.all)
  func roundTrip(toy: any ToyDistribution) throws {
    let cloud = toy.sample(count: 200, noise: NoiseSource(seed: 1, purpose: .data))
    let back = try parse(CSVFile.text(of: cloud))
    #expect(back.labels == cloud.labels)
    #expect(zip(back.points, cloud.points).allSatisfy { abs(($0 - $1).max()) <= 0.5e-6 + 1e-15 })
    // Once rounded, the text stands for itself.
    #expect(CSVFile.text(of: back) == CSVFile.text(of: cloud))
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
    #expect(try parse(text) == PointCloud([SIMD2(1, 2), SIMD2(3, 4)], labels: [0, 7]))
  }

  @Test(
    "refuses bad input and names the line, the fault and the remedy",
    arguments: [
      ("", nil, "is empty"), ("\n \n", nil, "is empty"), ("x,y\n", nil, "holds no point"),
      ("x,y\n1,2\n", nil, "single point"), ("1,2\n1,2\n1,2\n", nil, "all 3 points are equal"),
      ("1\n2\n", 1, "column y is missing"), ("x\n1\n", 1, "no column y"),
      ("lon,lat\n1,2\n", 1, "no column x"),
      ("x,y\n1,2\n3\n", 3, "1 column instead of 2"), ("1,2\n3,4,5\n", 2, "3 columns instead of 2"),
      ("1,2,3,4\n", 1, "4 columns without a header"), ("1;2\n3;4\n", 1, "no column x"),
      ("1,2\n\n3,four\n", 3, "y is \"four\", not a number"), ("1,2\n3,\n", 2, "y is empty, not a number"),
      ("1,2\nnan,4\n", 2, "x is not-a-number"), ("1,2\n3,-inf\n", 2, "y is infinite"),
      ("1,2\n3,1e999\n", 2, "y is infinite"), ("1,2\n1e200,4\n", 2, "beyond 1e100"),
      ("1,2,0\n3,4,0.5\n", 2, "the label is \"0.5\""), ("1,2,0\n3,4,-1\n", 2, "the label is \"-1\""),
      ("1,2,0\n3,4,cat\n", 2, "the label is \"cat\""), ("1,2,0\n3,4,1e300\n", 2, "the label is"),
      ("1,2\n\u{0}\u{1}\n", 2, "is not text"),
    ] as [(String, Int?, String)])
  func refuses(text: String, line: Int?, problem: String) throws {
    let error = try #require(failure(text))
    #expect(error.path == "points.csv")
    #expect(error.line == line)
    #expect(error.problem.contains(problem), "\(error)")
    #expect(!error.remedy.isEmpty)
  }

  @Test("refuses bytes that are no UTF-8")
  func binary() throws {
    let error = try #require(throws: FileError.self) {
      try CSVFile.parse(Array("1,2\n".utf8) + [0xFF, 0xFE, 0x41], path: "p")
    }
    #expect(error.line == 2 && error.problem == "is not text")
  }

  @Test("names the file that is not there")
  func missing() throws {
    let error = try #require(throws: FileError.self) { try CSVFile.read("/no/such/file.csv") }
    #expect(error.description.hasPrefix("/no/such/file.csv: cannot be read"))
  }
}

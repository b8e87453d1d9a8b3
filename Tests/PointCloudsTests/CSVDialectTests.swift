import Testing

@testable import PointClouds

@Suite("CSV files as people have them")
struct CSVDialectTests {
  private func read(_ text: String, columns: [String]? = nil, skips: Bool = false) throws -> ReadPoints {
    try CSVFile.parse(
      Array(text.utf8), reading: ReadingChoices(columns: columns, skipsMissing: skips), path: "points.csv")
  }

  private func failure(_ text: String, columns: [String]? = nil) throws -> FileError {
    try #require(throws: FileError.self) { try read(text, columns: columns) }
  }

  private let points = [SIMD2(1.5, 2.5), SIMD2(2.5, 1.5)]

  @Test(
    "two plain columns are read without a note, whatever separates them and marks decimals",
    arguments: [
      "x;y\n1,5;2,5\n2,5;1,5\n", "\u{FEFF}x;y\r\n1,5;2,5\r\n2,5;1,5\r\n", "1,5;2,5\n2,5;1,5",
      "1.5;2.5\n2.5;1.5\n", "x\ty\n1.5\t2.5\n2.5\t1.5\n", "x\ty\n1,5\t2,5\n2,5\t1,5\n",
      "1,5\t2,5\r2,5\t1,5\r",
      "1.5 2.5\n2.5 1.5\n", "1,5 2,5\n2,5 1,5\n", "  1.5   2.5 \n\t2.5\t 1.5\n", "x  y\n1.5 2.5\n2.5 1.5\n",
      "1.5|2.5\n2.5|1.5\n", "\"x\",\"y\"\n\"1.5\",\"2.5\"\n\"2.5\",\"1.5\"\n",
      "\"1,5\",\"2,5\"\n\"2,5\",\"1,5\"\n",
      "\"x\"; \"y\"\n\"1,5\" ; \"2,5\"\n2,5;1,5\n", "\"1.5\" \"2.5\"\n\"2.5\" \"1.5\"\n",
      "# made by R\nx,y\n1.5,2.5\n2.5,1.5\n", "% a comment, with commas; and more\n1.5,2.5\n2.5,1.5\n",
      "// one\n\n// two\nx,y\n1.5,2.5\n# between\n2.5,1.5\n", "sep=;\r\nx;y\r\n1,5;2,5\r\n2,5;1,5\r\n",
      "1.5, 2.5\n2.5,\t1.5\n", "15e-1,+2.5\n2.5e0,1.5E+0\n", "x,y\n1.5,2.5,\n2.5,1.5,\n",
      "y,x\n2.5,1.5\n1.5,2.5\n",
      "# y x\n2.5 1.5\n1.5 2.5\n", "#X,Y\n1.5,2.5\n2.5,1.5\n", " X , Y \n1.5,2.5\n2.5,1.5\n",
    ])
  func plain(text: String) throws {
    #expect(try read(text) == ReadPoints(PointCloud(points)))
  }

  @Test("commas separate where nothing else does, and are decimal marks beside semicolons")
  func commas() throws {
    #expect(try read("1,2\n3,4\n").cloud.points == [SIMD2(1, 2), SIMD2(3, 4)])
    #expect(try read("1;2\n3;4\n").cloud.points == [SIMD2(1, 2), SIMD2(3, 4)])
    #expect(try read("1,2;3,4\n5,6;7,8\n").cloud.points == [SIMD2(1.2, 3.4), SIMD2(5.6, 7.8)])
    #expect(try read("1;2,5\n.5;5.\n".replacing(".", with: "")).cloud.points == [SIMD2(1, 2.5), SIMD2(5, 5)])
    #expect(try read(".5,5.\n-.25,+1.\n").cloud.points == [SIMD2(0.5, 5), SIMD2(-0.25, 1)])
  }

  @Test(
    "the first two columns of numbers are x and y, which a note says",
    arguments: [
      ("lon,lat\n1.5,2.5\n2.5,1.5\n", "columns lon and lat of 2"),
      ("name,lon,lat\na,1.5,2.5\nb,2.5,1.5\n", "columns lon and lat of 3"),
      ("1.5,2.5,7.5,8\n2.5,1.5,9,8\n", "columns 1 and 2 of 4"),
      ("1.5,2.5,7.5\n2.5,1.5,9.5\n", "column 3 holds numbers that are not whole"),
      ("\"\",\"a\",\"b\"\n0,1.5,2.5\n1,2.5,1.5\n", "column 1 counts the rows"),
      ("Unnamed: 0,a,b\n0,1.5,2.5\n1,2.5,1.5\n", "columns a and b of 3"),
      ("id;a;b\n1;1,5;2,5\n2;2,5;1,5\n", "column id counts the rows"),
      ("\"a\" \"b\"\n\"1\" 1.5 2.5\n\"2\" 2.5 1.5\n", "columns a and b of 3"),
      ("a,,b\n1.5,,2.5\n2.5,,1.5\n", "columns a and b of 3"),
    ])
  func chosen(text: String, note: String) throws {
    let read = try read(text)
    #expect(read.cloud.points == points)
    #expect(read.notes.contains { $0.contains(note) }, "\(read.notes)")
    #expect(read.cloud.labels == nil)
  }

  @Test("an index column is not taken for x, even of a thousand rows without a header")
  func index() throws {
    let rows = (0..<1000).map { "\($0),\(Double($0).squareRoot()),\(-Double($0) / 3)" }
    for header in ["", ",x,y\n", ",u,v\n", "index,u,v\n"] {
      let cloud = try read(header + rows.joined(separator: "\n")).cloud
      #expect(cloud.points[9] == SIMD2(3, -3) && cloud.labels == nil)
    }
    // A name or a label tells a coordinate that counts from an index.
    #expect(try read("t,v\n0,5\n1,6\n2,8\n").cloud.points == [SIMD2(0, 5), SIMD2(1, 6), SIMD2(2, 8)])
    #expect(try read("0,5,1\n1,6,0\n2,8,1\n").cloud.labels == [1, 0, 1])
  }

  @Test(
    "labels of words and of any whole numbers are kept by name",
    arguments: [
      ("sepal,petal,species\n1.5,2.5,setosa\n2.5,1.5,virginica\n", [0, 1], ["setosa", "virginica"]),
      ("x,y,label\n1.5,2.5,-1\n2.5,1.5,1\n", [0, 1], ["-1", "1"]),
      ("x,y,label\n1.5,2.5,7.0\n2.5,1.5,-3\n", [1, 0], ["-3", "7"]),
      ("1.5,2.5,-1\n2.5,1.5,1\n", [0, 1], ["-1", "1"]), ("1.5 2.5 b\n2.5 1.5 a\n", [1, 0], ["a", "b"]),
      ("class;x;y\nGrün;1,5;2,5\nrot;2,5;1,5\n", [0, 1], ["Grün", "rot"]),
      ("x,y,what\n1.5,2.5,\"a, \"\"b\"\"\"\n2.5,1.5,c\n", [0, 1], ["a, \"b\"", "c"]),
      ("x,y,label\n1.5,2.5,+\n2.5,1.5,-\n", [0, 1], ["+", "-"]),
      ("x,y,label\n1.5,2.5,100000\n2.5,1.5,5\n", [1, 0], ["5", "100000"]),
      ("letter,a,b\nQ,1.5,2.5\nA,2.5,1.5\n", [1, 0], ["A", "Q"]),
    ])
  func labels(text: String, labels: [Int], names: [String]) throws {
    let cloud = try read(text).cloud
    #expect(cloud == PointCloud(points, labels: labels, labelNames: names))
    // They are written by name, and read back as they were.
    #expect(try read(CSVFile.text(of: cloud)).cloud == cloud)
    #expect(cloud.prefix(1).labelNames == names && cloud.map { $0 * 2 }.labelNames == names)
  }

  @Test("labels 0…9,999 are their own names")
  func plainLabels() throws {
    let cloud = try read("x,y,label\n1.5,2.5,17\n2.5,1.5,0.0\n").cloud
    #expect(cloud == PointCloud(points, labels: [17, 0]))
  }

  @Test(
    "a column that holds no labels is left out with a note",
    arguments: [
      "x,y,target\n1.5,2.5,0.25\n2.5,1.5,1\n",
      "x,y,city\n" + (0..<40).map { "\($0),\($0 * $0),city\($0)\n" }.joined(),
      "x,y,label\n" + (0..<10_001).map { "\($0),\($0 % 7),\($0)\n" }.joined(),
    ])
  func noLabels(text: String) throws {
    let read = try read(text)
    #expect(read.cloud.labels == nil && read.notes.count == 1)
    #expect(read.notes.first?.contains("is left out") == true, "\(read.notes)")
  }

  @Test("--columns takes columns by name or number, in any order, with a label as the third")
  func columns() throws {
    let text = "id,lat,Lon,what\n7,2.5,1.5,a\n9,1.5,2.5,b\n"
    #expect(try read(text, columns: ["lon", "lat"]).cloud.points == points)
    #expect(try read(text, columns: ["3", "2"]).cloud.points == points)
    #expect(try read(text, columns: ["Lon", "2"]).notes.isEmpty)
    #expect(try read(text, columns: ["lon", "lat"]).cloud.labelNames == ["a", "b"])
    #expect(try read(text, columns: ["lon", "lat", "id"]).cloud.labels == [7, 9])
    #expect(try read("9;1,5;2,5\n9;2,5;1,5\n", columns: ["2", "3"]).cloud.points == points)
    let cases = [
      (["lon", "height"], "the column \"height\" is missing; there are id, lat, Lon and what"),
      (["5", "lat"], "the column \"5\" is missing"), (["0", "lat"], "the column \"0\" is missing"),
      (["lon", "3"], "names a column twice"), (["what", "lat"], "the column what does not hold numbers"),
    ]
    for (columns, problem) in cases {
      let error = try failure(text, columns: columns)
      #expect(error.problem.contains(problem) && error.line == 1, "\(error)")
    }
    #expect(try failure("1,2\n3,4\n", columns: ["x", "2"]).problem.contains("2 columns without names"))
  }

  @Test(
    "rows that lack a value are counted and named, and left out on request",
    arguments: ["", ",", "NA,", "2,N/A", "NaN,1", "nan,nan", "null,1", "?,-", "1,None", "-,1", "1,NULL"])
  func missing(row: String) throws {
    let text = "x,y\n1.5,2.5\n\(row)\n2.5,1.5\n"
    guard !row.isEmpty else {
      // A blank line is no row.
      #expect(try read(text).cloud.points == points)
      return
    }
    let error = try failure(text)
    #expect(error.line == 3 && error.problem == "1 row lacks a value: line 3")
    #expect(error.remedy.contains("--skip-missing"))
    let read = try read(text, skips: true)
    #expect(read.cloud.points == points)
    #expect(read.notes == ["1 row that lacks a value is left out: line 3"])
  }

  @Test("many rows that lack a value are named by the first of them, those without a label too")
  func manyMissing() throws {
    let text = "x,y,label\n" + (0..<8).map { $0 % 4 == 3 ? "1,2,a\n" : "\($0),,a\n" }.joined() + "3,4,\n"
    let error = try failure(text)
    #expect(error.problem == "7 rows lack a value: lines 2, 3, 4, 6, 7 and 2 more")
    #expect(try read(text, skips: true).cloud.points == [SIMD2(1, 2), SIMD2(1, 2)])
    #expect(try failure("a\tb\n1\t2\n\t\n3\t4\n").problem == "1 row lacks a value: line 3")
  }

  @Test("one point is a cloud")
  func single() throws {
    #expect(try read("x,y\n0.5,0.5\n").cloud.points == [SIMD2(0.5, 0.5)])
    #expect(try read("0,5;0,5").cloud.points == [SIMD2(0.5, 0.5)])
  }

  @Test("names are shown short and without control characters")
  func names() throws {
    let error = try failure(
      "a\u{9B}2J,\(String(repeating: "b", count: 1_000_000)),c\n1,2,3\n", columns: ["1", "q"])
    #expect(error.description.utf8.count < 300 && !error.description.unicodeScalars.contains("\u{9B}"))
  }
}

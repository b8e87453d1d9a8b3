/// Which columns of a CSV file hold what, and how to read a line of it.
struct CSVColumns {
  /// The position of x.
  let x: Int
  /// The position of y.
  let y: Int
  /// The position of the label, where there is one.
  let label: Int?
  /// How many columns every line has.
  let count: Int
  /// Whether the first line names the columns.
  let isHeader: Bool

  private static let remedy = "write two columns x,y or three columns x,y,label, separated by commas"

  /// The columns that the first line of a file names or, where it begins with numbers, implies.
  init(firstLine line: TextLines.Line, path: String) throws(FileError) {
    let fields = Self.fields(of: line.text)
    count = fields.count
    isHeader = !fields.contains { Double($0) != nil }
    if isHeader {
      let names = fields.map { $0.filter { !"\"'# ".contains($0) }.lowercased() }
      func position(_ name: String) throws(FileError) -> Int {
        guard let position = names.firstIndex(of: name) else {
          throw FileError(
            path: path, line: line.number,
            problem: "the header \"\(line.text.clipped)\" has no column \(name)",
            remedy: Self.remedy)
        }
        return position
      }
      x = try position("x")
      y = try position("y")
      label = names.firstIndex(of: "label")
    } else {
      guard count == 2 || count == 3 else {
        throw FileError(
          path: path, line: line.number,
          problem: count == 1 ? "the column y is missing" : "\(count) columns without a header",
          remedy: Self.remedy)
      }
      (x, y, label) = (0, 1, count == 3 ? 2 : nil)
    }
  }

  /// The point and the label of a line.
  func row(_ line: TextLines.Line, path: String) throws(FileError) -> (point: SIMD2<Double>, label: Int?) {
    func error(_ problem: String, _ remedy: String) -> FileError {
      FileError(path: path, line: line.number, problem: problem, remedy: remedy)
    }
    let fields = Self.fields(of: line.text)
    guard fields.count == count else {
      throw error(
        "\(fields.count) column\(fields.count == 1 ? "" : "s") instead of \(count)", Self.remedy)
    }
    func coordinate(_ position: Int, _ name: String) throws(FileError) -> Double {
      let text = fields[position]
      guard let value = Double(text) else {
        throw error("\(name) is \(text.quoted), not a number", "write a plain number such as -1.25")
      }
      guard !value.isNaN else { throw error("\(name) is not-a-number", "remove the line or repair it") }
      guard value.isFinite else { throw error("\(name) is infinite", "remove the line or repair it") }
      guard value.magnitude <= PointCloud.largestCoordinate else {
        throw error("\(name) is \(text.quoted), beyond 1e100", "give it in larger units")
      }
      return value
    }
    let point = SIMD2(try coordinate(x, "x"), try coordinate(y, "y"))
    guard let label else { return (point, nil) }
    guard let value = Double(fields[label]), let whole = Int(exactly: value),
      (0...PointCloud.largestLabel).contains(whole)
    else {
      throw error(
        "the label is \(fields[label].quoted)",
        "number the parts 0, 1, 2, … (at most \(PointCloud.largestLabel))")
    }
    return (point, whole)
  }

  private static func fields(of line: String) -> [String] {
    line.split(separator: ",", omittingEmptySubsequences: false).map { field in
      let start = field.drop { $0 == " " || $0 == "\t" }
      guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
      return String(start[...end])
    }
  }
}

extension String {
  /// The text, cut after 40 characters.
  var clipped: String { count > 40 ? prefix(40) + "…" : self }
  /// The text in quotes, or "empty".
  var quoted: String { isEmpty ? "empty" : "\"\(clipped)\"" }
}

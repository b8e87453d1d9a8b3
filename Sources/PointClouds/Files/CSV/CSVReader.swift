/// Reads the points of a CSV file whose separator and columns are known.
struct CSVReader {
  private let bytes: [UInt8]
  private let path: String
  private let choices: ReadingChoices
  private let sample: CSVSample
  private let columns: CSVColumns

  private var points: [SIMD2<Double>] = []
  private var labels: CSVLabels?
  /// The lines of the first rows that lack a value, and the number of all such rows.
  private var missing: (lines: [Int], count: Int) = ([], 0)
  /// The first decimal mark, and its line.
  private var mark: (byte: UInt8, line: Int)?

  /// A reader of text in UTF-8 without a byte order mark.
  init(_ bytes: [UInt8], choices: ReadingChoices, path: String) throws(FileError) {
    if let control = TextBytes.firstControl(in: bytes) {
      throw FileError(
        path: path, line: TextBytes.line(of: control, in: bytes), problem: "is not text",
        remedy: "give a CSV file in UTF-8, or an NPY file whose name ends in .npy")
    }
    self.bytes = bytes
    self.path = path
    self.choices = choices
    // Excel's first line "sep=;" names the separator of the others.
    if bytes.count >= 6, bytes.starts(with: Array("sep=".utf8)), bytes[5] == 0x0A || bytes[5] == 0x0D {
      let start = bytes[5] == 0x0D && bytes.count > 6 && bytes[6] == 0x0A ? 7 : 6
      sample = CSVSample(bytes, separator: bytes[4], from: start, line: 2)
      origin = (start, 2)
    } else {
      sample = .best(of: bytes, from: 0, line: 1)
      origin = (0, 1)
    }
    columns = try CSVColumns(sample, of: bytes, choices: choices, path: path)
  }

  /// Where the records begin.
  private let origin: (place: Int, line: Int)

  private func error(_ line: Int, _ problem: String, _ remedy: String) -> FileError {
    FileError(path: path, line: line, problem: problem, remedy: remedy)
  }

  /// The points of all records.
  /// - Complexity: O(bytes).
  mutating func read() throws(FileError) -> ReadPoints {
    var scanner = CSVScanner(bytes, separator: sample.separator, from: origin.place, line: origin.line)
    reserve()
    var isHeader = columns.hasHeader
    reading: while true {
      switch scanner.next() {
      case .end: break reading
      case .fault(let line, let problem):
        throw error(line, problem, "end the quote, or double quotes that belong to the text")
      case .record:
        if isHeader {
          isHeader = false
        } else {
          try row(scanner)
        }
      }
    }
    return try result()
  }

  /// Reserves room for the number of rows estimated from the first ones.
  private mutating func reserve() {
    if let label = columns.label { labels = CSVLabels(limit: label.isNamed ? CSVLabels.most : 100) }
    guard let first = sample.records.first, let last = sample.records.last, sample.records.count > 20,
      let start = first.fields.first, let end = last.fields.last
    else { return }
    let length = Double(end.range.upperBound - start.range.lowerBound + 1) / Double(sample.records.count)
    let rows = min(Int(1.02 * Double(bytes.count) / max(length, 2)), bytes.count / 2)
    points.reserveCapacity(rows)
    labels?.reserve(rows)
  }

  private mutating func row(_ scanner: CSVScanner) throws(FileError) {
    let fields = scanner.fields
    guard fields.count == columns.count || isPadded(fields) else {
      throw error(
        scanner.line,
        "\(fields.count) column\(fields.count == 1 ? "" : "s") instead of \(columns.count), "
          + "separated by \(sample.separatorName)",
        fields.count == 2 * columns.count && sample.separator == UInt8(ascii: ",")
          ? "with decimal commas, separate columns by semicolons"
          : "give every line as many columns as the first")
    }
    let (first, second) = (fields[columns.x], fields[columns.y])
    let (x, y) = (DecimalNumber(bytes, first.range), DecimalNumber(bytes, second.range))
    guard let x, let y else {
      let isMissing =
        (x == nil && MissingValue.isMissing(bytes, first))
        || (y == nil && MissingValue.isMissing(bytes, second))
      for (number, field, name) in [(x, first, columns.names.x), (y, second, columns.names.y)]
      where number == nil && !MissingValue.isMissing(bytes, field) {
        throw fault(scanner.text(field), name, scanner.line)
      }
      if isMissing { skip(scanner.line) }
      return
    }
    let point = SIMD2(x.value, y.value)
    if x.mark | y.mark != 0 {
      try check(x.mark, scanner.text(first), scanner.line)
      try check(y.mark, scanner.text(second), scanner.line)
    }
    if !(abs(point.x) <= PointCloud.largestCoordinate && abs(point.y) <= PointCloud.largestCoordinate) {
      let isX = !(abs(point.x) <= PointCloud.largestCoordinate)
      let name = isX ? columns.names.x : columns.names.y
      guard (isX ? point.x : point.y).isFinite else { throw infinite(name, scanner.line) }
      let text = scanner.text(isX ? first : second)
      throw error(scanner.line, "\(name) is \(text.quoted), beyond 1e100", "give it in larger units")
    }
    if let label = columns.label, labels?.isOverfull == false {
      let field = fields[label.position]
      if MissingValue.isMissingLabel(bytes, field) { return skip(scanner.line) }
      labels?.append(bytes, field, in: scanner)
    }
    points.append(point)
  }

  /// Whether a record has all columns, and only empty fields after them, as from separators at line ends.
  private func isPadded(_ fields: [CSVField]) -> Bool {
    fields.count > columns.count && fields[columns.count...].allSatisfy { $0.range.isEmpty && !$0.isQuoted }
  }

  private mutating func skip(_ line: Int) {
    missing.count += 1
    if missing.lines.count < 5 { missing.lines.append(line) }
  }

  /// Checks that a file uses one decimal mark throughout, so that no mark separates thousands.
  private mutating func check(_ found: UInt8, _ text: String, _ line: Int) throws(FileError) {
    guard found != 0 else { return }
    guard let mark else {
      self.mark = (found, line)
      return
    }
    guard found != mark.byte else { return }
    func name(_ mark: UInt8) -> String { mark == UInt8(ascii: ",") ? "a comma" : "a point" }
    throw error(
      line,
      "\(text.quoted) has \(name(found)), and line \(mark.line) has \(name(mark.byte)) as its decimal mark",
      "write all numbers with one decimal mark and without separators of thousands")
  }

  private func infinite(_ name: String, _ line: Int) -> FileError {
    error(line, "\(name) is infinite", "remove the line or repair it")
  }

  /// The error about a text that is no number.
  private func fault(_ text: String, _ name: String, _ line: Int) -> FileError {
    let plain = text.lowercased().drop { $0 == "+" || $0 == "-" }
    if ["inf", "infinity", "∞"].contains(plain) { return infinite(name, line) }
    let remedy = "write a plain number such as -1.25"
    let marks = text.unicodeScalars.count { $0 == "." || $0 == "," }
    let reason =
      if plain.hasPrefix("0x") {
        "a hexadecimal number"
      } else if plain.contains("_") || marks > 1 || plain.contains("'") || plain.contains(" ") {
        "not a number without separators of thousands"
      } else {
        "not a number"
      }
    return error(line, "\(name) is \(text.quoted), \(reason)", remedy)
  }

  private func result() throws(FileError) -> ReadPoints {
    var notes: [String] = []
    if let note = columns.note { notes.append(note) }
    if missing.count > 0 {
      let rows = "\(missing.count) row\(missing.count == 1 ? "" : "s")"
      let lines =
        "line\(missing.count == 1 ? "" : "s") "
        + Listing.of(missing.lines.map { "\($0)" }, total: missing.count)
      let lack = missing.count == 1 ? "lacks" : "lack"
      guard choices.skipsMissing else {
        throw error(
          missing.lines[0], "\(rows) \(lack) a value: \(lines)",
          "complete them, or leave them out by --skip-missing")
      }
      notes.append("\(rows) that \(lack) a value \(missing.count == 1 ? "is" : "are") left out: \(lines)")
    }
    guard !points.isEmpty else {
      throw FileError(path: path, problem: "holds no point", remedy: "give at least one line of two numbers")
    }
    guard let labels, let label = columns.label else { return ReadPoints(PointCloud(points), notes: notes) }
    if let reason = noLabels(labels, label) {
      if label.isNamed || columns.hasHeader || reason.isWorthSaying {
        notes.append("column \(label.name) \(reason.text), and is left out")
      }
      return ReadPoints(PointCloud(points), notes: notes)
    }
    let (codes, names) = labels.result
    return ReadPoints(PointCloud(points, labels: codes, labelNames: names), notes: notes)
  }

  /// The reason why a column holds no labels after all.
  private func noLabels(_ labels: CSVLabels, _ label: CSVColumns.Label) -> (
    text: String, isWorthSaying: Bool
  )? {
    if labels.isMeasured { return ("holds numbers that are not whole, no labels", true) }
    if labels.isOverfull {
      return (
        "has more than \(label.isNamed ? CSVLabels.most : 100) different values, too many for labels", true
      )
    }
    if !label.isNamed, columns.hasHeader, labels.count > max(10, points.count / 2) {
      return ("has \(labels.count) different values, too many for labels", true)
    }
    return nil
  }
}

/// The columns of a CSV file that hold x, y and the label.
struct CSVColumns {
  /// A column that may hold labels.
  struct Label {
    /// Its position.
    let position: Int
    /// Whether the header or the user calls it the label; otherwise it holds labels only if it has few different
    /// values.
    let isNamed: Bool
    /// Its name in messages.
    let name: String
  }

  /// The position of x.
  let x: Int
  /// The position of y.
  let y: Int
  /// The names of both in messages.
  let names: (x: String, y: String)
  /// The column of labels, where there may be one.
  let label: Label?
  /// How many fields every record has.
  let count: Int
  /// Whether the first record names the columns.
  let hasHeader: Bool
  /// A sentence about the choice of columns if it is not obvious.
  let note: String?

  /// Headers of columns that hold labels.
  private static let labelNames: Set = [
    "label", "labels", "class", "classes", "species", "target", "group", "letter", "category", "cluster",
    "kind",
    "type", "part", "component", "mode", "digit",
  ]
  /// Headers of columns that identify rows.
  private static let rowNames: Set = [
    "", "index", "id", "row", "rows", "rowname", "rownames", "no", "nr", "key", "name",
  ]

  /// The columns that the first records of a file name or imply, or that the user chose.
  init(_ sample: CSVSample, of bytes: [UInt8], choices: ReadingChoices, path: String) throws(FileError) {
    guard let first = sample.records.first else {
      throw FileError(path: path, problem: "is empty", remedy: "write a line \"x,y\" for each point")
    }
    let header = CSVHeader(sample, of: bytes)
    hasHeader = header.isThere
    count = header.names?.count ?? (hasHeader ? first.fields.count : sample.width)
    let names = header.names
    let width = count
    func content(_ column: Int) -> CSVSample.Content {
      column < sample.contents.count ? sample.contents[column] : .nothing
    }
    func name(_ column: Int) -> String {
      guard let names, !names[column].isEmpty else { return "\(column + 1)" }
      return names[column].clipped
    }
    let listed =
      names.map { "there are " + Listing.of($0.map { $0.isEmpty ? "(unnamed)" : $0.clipped }, limit: 20) }
      ?? "there are \(width) columns without names"
    func error(_ problem: String, _ remedy: String) -> FileError {
      FileError(path: path, line: first.line, problem: problem, remedy: remedy)
    }

    let keys = (names ?? []).map(CSVHeader.key)
    if let wanted = choices.columns {
      var found: [Int] = []
      for text in wanted {
        let key = CSVHeader.key(text)
        if let place = names?.firstIndex(of: text) ?? keys.firstIndex(of: key) {
          found.append(place)
        } else if let number = Int(key), (1...max(width, 1)).contains(number) {
          found.append(number - 1)
        } else {
          throw error("the column \(text.quoted) is missing; \(listed)", "name two of these by --columns")
        }
      }
      guard Set(found).count == found.count else {
        throw error("--columns names a column twice", "name two different ones; \(listed)")
      }
      (x, y) = (found[0], found[1])
      for column in found.prefix(2) {
        if case .words = content(column) {
          throw error(
            "the column \(name(column)) does not hold numbers", "name two that do by --columns; \(listed)")
        }
      }
      if found.count == 3 {
        label = Label(position: found[2], isNamed: true, name: name(found[2]))
      } else {
        label = Self.label(keys, width: width, without: [x, y], content: content, name: name)
      }
      self.names = (name(x), name(y))
      note = nil
      return
    }

    guard width >= 2 else {
      let line = TextBytes.text(bytes[first.fields[0].range])
      throw error(
        width == 0
          ? "holds no numbers" : "\(line.quoted) is a single column; the column y is missing",
        "write two columns x,y, separated by commas, semicolons, tabs or blanks")
    }
    if let x = keys.firstIndex(of: "x"), let y = keys.firstIndex(of: "y") {
      (self.x, self.y) = (x, y)
      self.names = ("x", "y")
      label = Self.label(keys, width: width, without: [x, y], content: content, name: name)
      note = nil
      return
    }
    let labelled = keys.firstIndex { Self.labelNames.contains($0) }
    var numeric = (0..<width).filter { content($0) == .numbers && $0 != labelled }
    // A file without rows holds no numbers; its error is thrown later.
    if sample.records.count == 1, hasHeader { numeric = Array(0..<width) }
    var skipped: String?
    if numeric.count >= 2, let place = numeric.first,
      Self.isIndex(place, sample, bytes, header: header, numeric: numeric)
    {
      // A column is skipped only if two others remain.
      if numeric.count > 2 || keys.indices.contains(place) && CSVHeader.isUnnamed(keys[place]) {
        numeric.removeFirst()
        skipped = "column \(name(place)) counts the rows"
      }
    }
    guard numeric.count >= 2 else {
      let found =
        numeric.isEmpty ? "no column of numbers" : "a single column of numbers (\(name(numeric[0])))"
      throw error(
        "has \(found), in \(width) columns separated by \(sample.separatorName)",
        "give two columns of plain numbers such as -1.25; \(listed)")
    }
    (x, y) = (numeric[0], numeric[1])
    self.names = (names == nil ? "x" : name(x), names == nil ? "y" : name(y))
    label = Self.label(keys, width: width, without: [x, y], content: content, name: name)
    let isPlain = skipped == nil && names == nil && (width == 2 || (width == 3 && label?.position == 2))
    note =
      isPlain
      ? nil
      : "columns \(name(x)) and \(name(y)) of \(width) are taken as x and y"
        + (skipped.map { "; \($0)" } ?? "") + (width > 2 ? "; --columns chooses others" : "")
  }

  /// The column that may hold labels: one with such a name, or the only other one that does not hold numbers, or,
  /// in a file of three columns without a header, the third.
  private static func label(
    _ keys: [String], width: Int, without chosen: [Int], content: (Int) -> CSVSample.Content,
    name: (Int) -> String
  ) -> Label? {
    func isFree(_ column: Int) -> Bool { !chosen.contains(column) }
    if let place = keys.indices.first(where: { isFree($0) && labelNames.contains(keys[$0]) }) {
      return Label(position: place, isNamed: true, name: name(place))
    }
    let words = (0..<width).filter { column in
      guard isFree(column), !keys.indices.contains(column) || !rowNames.contains(keys[column]) else {
        return false
      }
      if case .words = content(column) { return true }
      return false
    }
    if words.count == 1 { return Label(position: words[0], isNamed: false, name: name(words[0])) }
    if keys.isEmpty, width == 3, chosen == [0, 1], content(2) == .numbers {
      return Label(position: 2, isNamed: false, name: name(2))
    }
    return nil
  }

  /// Whether a column numbers the rows 0, 1, 2, … or 1, 2, 3, … instead of holding a coordinate: it has no name or
  /// the name of such a column, or the file has no header, three rows and two other columns that are no labels.
  private static func isIndex(
    _ column: Int, _ sample: CSVSample, _ bytes: [UInt8], header: CSVHeader, numeric: [Int]
  ) -> Bool {
    let rows = sample.records.dropFirst(header.isThere ? 1 : 0).filter { $0.fields.count > column }
    let values = rows.map { DecimalNumber(bytes, $0.fields[column].range)?.value }
    guard let first = values.first ?? nil, first == 0 || first == 1,
      values.enumerated().allSatisfy({ $0.element == first + Double($0.offset) })
    else { return false }
    if let names = header.names {
      return rowNames.contains(CSVHeader.key(names[column]))
        || CSVHeader.isUnnamed(CSVHeader.key(names[column]))
    }
    guard column == 0, rows.count >= 3, numeric.count >= 3 else { return false }
    // x = 0, 1, 2, … followed by y and a label is a point set, too.
    return numeric.count > 3
      || rows.contains { row in
        guard let value = DecimalNumber(bytes, row.fields[numeric[2]].range)?.value else { return false }
        return value != value.rounded()
      }
  }
}

/// The names of the columns of a CSV file.
struct CSVHeader {
  /// Whether the first record is the header.
  let isThere: Bool
  /// The names, from the first record or from a comment above it; `nil` if there are none.
  let names: [String]?

  /// Finds the header: a first record without a number in any column that holds numbers below.
  init(_ sample: CSVSample, of bytes: [UInt8]) {
    guard let first = sample.records.first else {
      (isThere, names) = (false, nil)
      return
    }
    let scanner = CSVScanner(bytes, separator: sample.separator)
    func isNumber(_ field: CSVField) -> Bool { DecimalNumber(bytes, field.range) != nil }
    func isMissing(_ field: CSVField) -> Bool { MissingValue.isMissing(bytes, field) }
    let fields = first.fields
    // R's write.table names the columns but not the one of row names before them.
    let hasRowNames =
      fields.count + 1 == sample.width && sample.records.count > 1
      && (sample.separator != UInt8(ascii: ",") && sample.separator != UInt8(ascii: ";")
        || fields.allSatisfy(\.isQuoted))
    let offset = hasRowNames ? 1 : 0
    let numeric = fields.indices.filter {
      $0 + offset < sample.contents.count && sample.contents[$0 + offset] == .numbers
    }
    let looked = sample.records.count > 1 && numeric.count >= 2 ? numeric : Array(fields.indices)
    isThere =
      looked.allSatisfy { !isNumber(fields[$0]) && Double(scanner.text(fields[$0])) == nil }
      && looked.contains { !isMissing(fields[$0]) }
    if isThere {
      names = (hasRowNames ? [""] : []) + fields.map(scanner.text)
      return
    }
    // numpy.savetxt writes the names after a comment sign.
    names = first.comment.flatMap { comment in
      let start = comment.lowerBound + bytes[comment].prefix { "#%/ \t".utf8.contains($0) }.count
      let line = Array(bytes[start..<comment.upperBound])
      var scanner = CSVScanner(line, separator: sample.separator)
      guard scanner.next() == .record, scanner.fields.count == sample.width else { return nil }
      let names = scanner.fields.map(scanner.text)
      return Set(["x", "y"]).isSubset(of: names.map(Self.key)) ? names : nil
    }
  }

  /// A name in lower case, without surrounding blanks and quotes.
  static func key(_ name: String) -> String {
    let around: Set<Character> = [" ", "\t", "\"", "'", "#"]
    var rest = name[...]
    while let first = rest.first, around.contains(first) { rest.removeFirst() }
    while let last = rest.last, around.contains(last) { rest.removeLast() }
    return rest.lowercased()
  }

  /// Whether programs write this name for a column that has none.
  static func isUnnamed(_ key: String) -> Bool { key.isEmpty || key.hasPrefix("unnamed:") }
}

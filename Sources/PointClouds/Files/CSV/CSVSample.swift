/// The first records of a CSV file, split by one separator, and what its columns hold according to them.
struct CSVSample {
  /// One record.
  struct Record {
    /// The line that it begins in.
    let line: Int
    /// Its fields.
    let fields: [CSVField]
    /// The comment above it.
    let comment: Range<Int>?
  }

  /// What a column holds, by the sampled records below the header.
  enum Content: Hashable {
    /// Numbers, some of which may be missing.
    case numbers
    /// Something else; `isJunk` if it consists of digits and marks only, as do numbers that were split at the wrong
    /// place.
    case words(isJunk: Bool)
    /// No values.
    case nothing
  }

  /// The number of records in the sample.
  private static let limit = 200
  /// The number of bytes in the sample, unless the first two records are longer.
  private static let byteLimit = 1 << 18

  /// What separates fields.
  let separator: UInt8
  /// The records.
  let records: [Record]
  /// The most frequent number of fields per record, the header aside.
  let width: Int
  /// The share of records with this number of fields.
  private let regularity: Double
  /// Whether the first record has this number of fields, too.
  private let isFitting: Bool
  /// What the columns hold, according to the records of this width.
  let contents: [Content]

  /// The sample under the separator that explains the first records best.
  static func best(of bytes: [UInt8], from start: Int, line: Int) -> CSVSample {
    let samples = [UInt8(0x09), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ","), UInt8(0x20)].map {
      CSVSample(bytes, separator: $0, from: start, line: line)
    }
    // Of equally good separators the first.
    return samples.dropFirst().reduce(samples[0]) { $1.merit.lexicographicallyPrecedes($0.merit) ? $1 : $0 }
  }

  /// The marks against a separator, worst first.
  private var merit: [Double] {
    let numeric = contents.count { $0 == .numbers }
    let junk = contents.count { $0 == .words(isJunk: true) }
    let empty = contents.count { $0 == .nothing }
    return [
      width < 2 ? 1 : 0, numeric < 2 ? 1 : 0, -regularity, Double(junk), isFitting ? 0 : 1, Double(empty),
    ]
  }

  /// Reads the first records.
  init(_ bytes: [UInt8], separator: UInt8, from start: Int, line: Int) {
    var scanner = CSVScanner(bytes, separator: separator, from: start, line: line)
    var records: [Record] = []
    while records.count < Self.limit, scanner.next() == .record {
      records.append(Record(line: scanner.line, fields: scanner.fields, comment: scanner.comment))
      if records.count > 1, let last = scanner.fields.last, last.range.upperBound - start > Self.byteLimit {
        break
      }
    }
    self.separator = separator
    self.records = records
    let first = records.first?.fields ?? []
    let isHeader = records.count > 1 && !first.contains { DecimalNumber(bytes, $0.range) != nil }
    let rows = records.dropFirst(isHeader ? 1 : 0)
    var counts: [Int: Int] = [:]
    for record in rows { counts[record.fields.count, default: 0] += 1 }
    // Of equally frequent widths, the one that occurs first.
    let width = rows.map(\.fields.count).max { counts[$0, default: 0] < counts[$1, default: 0] } ?? 0
    self.width = width
    regularity = rows.isEmpty ? 0 : Double(counts[width, default: 0]) / Double(rows.count)
    // R's write.table writes one name fewer than columns.
    isFitting = first.count == width || (isHeader && first.count + 1 == width)
    let regular = rows.filter { $0.fields.count == width }
    contents = (0..<width).map { Self.content(of: $0, in: regular, bytes) }
  }

  /// What most records hold in a column.
  private static func content(of column: Int, in records: [Record], _ bytes: [UInt8]) -> Content {
    var (numbers, words, junk) = (0, 0, 0)
    for record in records {
      let field = record.fields[column]
      if MissingValue.isMissing(bytes, field) { continue }
      if DecimalNumber(bytes, field.range) != nil {
        numbers += 1
      } else {
        words += 1
        if bytes[field.range].allSatisfy(isPartOfNumber) { junk += 1 }
      }
    }
    if numbers + words == 0 { return .nothing }
    return numbers >= words ? .numbers : .words(isJunk: junk == words)
  }

  private static func isPartOfNumber(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.,;|eE \t".utf8.contains(byte)
  }

  /// What separates fields, in words.
  var separatorName: String {
    switch separator {
    case 0x09: "tabs"
    case 0x20: "blanks"
    default: "\"\(Unicode.Scalar(separator))\""
    }
  }
}

/// The texts that stand for a missing value.
enum MissingValue {
  private static let words: [[UInt8]] = ["na", "n/a", "nan", "null", "none", "-nan", "#n/a", "<na>"].map {
    Array($0.utf8)
  }

  /// Whether a field of a column of numbers holds no value: empty, NA, N/A, NaN, null, none, ?, - or a point, in
  /// any case of letters.
  static func isMissing(_ bytes: [UInt8], _ field: CSVField) -> Bool {
    let length = field.range.count
    if length == 0 { return true }
    let first = bytes[field.range.lowerBound]
    if length == 1 {
      return first == UInt8(ascii: "?") || first == UInt8(ascii: "-") || first == UInt8(ascii: ".")
    }
    guard length <= 4, first > UInt8(ascii: "9") || "-#<".utf8.contains(first) else {
      return isBlank(bytes, field)
    }
    return words.contains { word in
      word.count == length && zip(word, bytes[field.range]).allSatisfy { $0 == lower($1) }
    }
  }

  /// Whether a field of a column of labels holds no value: empty, or NA, N/A, NaN or null without quotes.
  static func isMissingLabel(_ bytes: [UInt8], _ field: CSVField) -> Bool {
    let length = field.range.count
    if length == 0 { return true }
    guard !field.isQuoted, length <= 4, lower(bytes[field.range.lowerBound]) == UInt8(ascii: "n") else {
      return false
    }
    return words.prefix(4).contains { word in
      word.count == length && zip(word, bytes[field.range]).allSatisfy { $0 == lower($1) }
    }
  }

  private static func isBlank(_ bytes: [UInt8], _ field: CSVField) -> Bool {
    bytes[field.range].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}

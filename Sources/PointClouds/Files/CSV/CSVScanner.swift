/// One field of a record of a CSV file.
struct CSVField: Hashable {
  /// Its bytes in the text, without surrounding blanks and quotes.
  let range: Range<Int>
  /// Whether it was quoted.
  let isQuoted: Bool
}

/// Iterates over the records of a CSV file (RFC 4180) without copying them.
///
/// Blank lines and lines that begin with `#`, `%` or `//` are no records. Lines end in `\n`, `\r\n` or `\r`. A
/// field that begins with a quote ends with the next that is not doubled, and may hold separators and line ends.
struct CSVScanner {
  /// The result of a step.
  enum Step: Hashable {
    /// The next record is in ``fields``.
    case record
    /// There are no more records.
    case end
    /// The text is malformed: the line, and what is wrong there.
    case fault(line: Int, problem: String)
  }

  /// The separator of fields; a blank stands for any run of blanks and tabs.
  let separator: UInt8
  private let bytes: [UInt8]
  private var place: Int
  private var nextLine = 1
  /// The fields of the last record.
  private(set) var fields: [CSVField] = []
  /// The line that the last record begins in, counted from 1.
  private(set) var line = 0
  /// The comment line directly above the last record, if there is one.
  private(set) var comment: Range<Int>?

  private static let (space, tab, newline, carriage) = (UInt8(0x20), UInt8(0x09), UInt8(0x0A), UInt8(0x0D))
  private static let quote = UInt8(ascii: "\"")

  /// A scanner at the start of a text.
  /// - Parameter start: the position where the text starts, the beginning of line `line`.
  init(_ bytes: [UInt8], separator: UInt8, from start: Int = 0, line: Int = 1) {
    self.bytes = bytes
    self.separator = separator
    place = start
    nextLine = line
  }

  /// Reads the next record.
  mutating func next() -> Step {
    comment = nil
    while place < bytes.count {
      // Look at the beginning of the line.
      var start = place
      while start < bytes.count, isBlank(bytes[start]) { start += 1 }
      if start == bytes.count { break }
      if isLineEnd(bytes[start]) {
        place = start
        endLine()
      } else if isComment(place) {
        let begin = place
        while place < bytes.count, !isLineEnd(bytes[place]) { place += 1 }
        comment = begin..<place
        endLine()
      } else {
        return record()
      }
    }
    place = bytes.count
    return .end
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == Self.space || (byte == Self.tab && separator != Self.tab)
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == Self.newline || byte == Self.carriage }

  private func isComment(_ place: Int) -> Bool {
    switch bytes[place] {
    case UInt8(ascii: "#"), UInt8(ascii: "%"): true
    case UInt8(ascii: "/"): place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "/")
    default: false
    }
  }

  /// Skips a line end, if there is one here.
  private mutating func endLine() {
    guard place < bytes.count else { return }
    let isPair = bytes[place] == Self.carriage && place + 1 < bytes.count && bytes[place + 1] == Self.newline
    place += isPair ? 2 : 1
    nextLine += 1
  }

  private mutating func record() -> Step {
    fields.removeAll(keepingCapacity: true)
    line = nextLine
    let count = bytes.count
    while true {
      while place < count, isBlank(bytes[place]) { place += 1 }
      if separator == Self.space, place == count || isLineEnd(bytes[place]) {
        // Blanks at the end of a line do not separate fields.
        endLine()
        return .record
      }
      if place < count, bytes[place] == Self.quote {
        if let fault = quotedField() { return fault }
      } else {
        plainField()
      }
      if place < count, bytes[place] == separator || (separator == Self.space && isBlank(bytes[place])) {
        place += 1
      } else {
        endLine()
        return .record
      }
    }
  }

  private mutating func plainField() {
    let start = place
    let count = bytes.count
    if separator == Self.space {
      while place < count, !isBlank(bytes[place]), !isLineEnd(bytes[place]) { place += 1 }
    } else {
      while place < count {
        let byte = bytes[place]
        if byte == separator || byte == Self.newline || byte == Self.carriage { break }
        place += 1
      }
    }
    var end = place
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    fields.append(CSVField(range: start..<end, isQuoted: false))
  }

  private mutating func quotedField() -> Step? {
    let opened = nextLine
    place += 1
    let start = place
    let count = bytes.count
    while place < count {
      let byte = bytes[place]
      if byte == Self.quote {
        if place + 1 < count, bytes[place + 1] == Self.quote {
          place += 2
          continue
        }
        fields.append(CSVField(range: start..<place, isQuoted: true))
        place += 1
        let closed = place
        while place < count, isBlank(bytes[place]) { place += 1 }
        let isEnd = place == count || isLineEnd(bytes[place]) || bytes[place] == separator
        if isEnd || (separator == Self.space && place > closed) {
          // If blanks separate fields, leave one for the record to see.
          if separator == Self.space, !isEnd { place -= 1 }
          return nil
        }
        return .fault(line: nextLine, problem: "has text right after a closing quote")
      }
      if isLineEnd(byte) { endLine() } else { place += 1 }
    }
    return .fault(line: opened, problem: "has a quote that is never closed")
  }

  /// The text of a field, with doubled quotes replaced by single ones.
  func text(_ field: CSVField) -> String {
    let text = TextBytes.text(bytes[field.range])
    guard field.isQuoted, text.contains("\"\"") else { return text }
    return text.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
  }
}

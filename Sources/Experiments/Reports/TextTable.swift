import PointClouds

/// A table of texts, as lines with aligned columns or as Markdown.
package struct TextTable: Sendable, Hashable {
  /// The headings of the columns.
  package let columns: [String]
  /// The rows, each with one text per column.
  package private(set) var rows: [[String]] = []

  /// A table with these rows.
  /// - Precondition: each has one text per column.
  package init(_ columns: [String], _ rows: [[String]] = []) {
    self.columns = columns
    for row in rows { add(row) }
  }

  /// Adds a row.
  /// - Precondition: it has one text per column.
  package mutating func add(_ row: [String]) {
    precondition(row.count == columns.count, "\(row.count) texts for \(columns.count) columns")
    rows.append(row)
  }

  /// Lines with the columns aligned to the right.
  package var text: String {
    let widths = Self.widths([columns] + rows)
    return ([columns] + rows).map { row in
      zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// Lines of these rows with the columns aligned to the left.
  package static func leftAligned(_ rows: [[String]]) -> String {
    let widths = widths(rows)
    return rows.map { row in
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return (cells.dropLast() + row.suffix(1)).joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private static func widths(_ rows: [[String]]) -> [Int] {
    (rows.first ?? []).indices.map { c in rows.map { $0[c].count }.max() ?? 0 }
  }

  /// A Markdown table.
  package var markdown: String {
    // Escapes what Markdown would take for the end of a cell or for HTML.
    func escaped(_ text: String) -> String {
      text.map { character in
        switch character {
        case "|", "<", "\\", "`": "\\\(character)"
        case _ where character.isNewline: " "
        default: String(character)
        }
      }.joined()
    }
    func line(_ texts: [String]) -> String { "| " + texts.map(escaped).joined(separator: " | ") + " |" }
    return ([line(columns), line(columns.map { _ in "---" })] + rows.map(line)).joined(separator: "\n")
  }
}

extension Double {
  /// The number and half the width of its interval, to so many decimals.
  package func text(_ decimals: Int, interval: Double) -> String {
    "\(fixed(decimals)) ± \(interval.fixed(decimals))"
  }
}

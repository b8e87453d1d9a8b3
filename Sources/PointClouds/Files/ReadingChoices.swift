/// A user's choices about reading a file of points.
public struct ReadingChoices: Sendable, Hashable {
  /// The columns that hold x, y and, if there is a third, the label: each by the header's name or by its number,
  /// counted from 1. With `nil` the reader chooses.
  public var columns: [String]?
  /// Whether rows that lack a value are left out; otherwise such a file is refused.
  public var skipsMissing: Bool

  /// The choices.
  /// - Precondition: `columns` has two or three entries, if any.
  public init(columns: [String]? = nil, skipsMissing: Bool = false) {
    precondition(
      columns.map { (2...3).contains($0.count) } ?? true, "\(columns?.count ?? 0) columns for x, y and label")
    self.columns = columns
    self.skipsMissing = skipsMissing
  }
}

/// The points of a file, with the reader's decisions that the file leaves open.
public struct ReadPoints: Sendable, Hashable {
  /// The points.
  package var cloud: PointCloud
  /// A sentence for each decision: which columns were taken, how many rows were left out.
  package var notes: [String]

  /// Points with notes about their reading.
  package init(_ cloud: PointCloud, notes: [String] = []) {
    self.cloud = cloud
    self.notes = notes
  }
}

/// Words for lists in messages.
enum Listing {
  /// `2, 5 and 9`, or `2, 5, 9 and 12 more` if there are more than `limit`.
  static func of(_ items: [String], total: Int? = nil, limit: Int = 5) -> String {
    let total = total ?? items.count
    let shown = items.prefix(limit)
    let more = total - shown.count
    if more > 0 { return shown.joined(separator: ", ") + " and \(more) more" }
    guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
    return shown.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension String {
  /// The text on one line, without control characters, cut after 40 characters.
  var clipped: String {
    // Cut by scalars first: a single character can be as long as the file.
    let start = unicodeScalars.prefix(200)
    let plain = String(
      String.UnicodeScalarView(start.map { $0.isPrintable ? $0 : $0.value < 0x20 ? " " : "\u{FFFD}" }))
    return plain.count > 40 || start.endIndex < unicodeScalars.endIndex ? plain.prefix(40) + "…" : plain
  }

  /// The text in quotes, or "empty".
  var quoted: String { isEmpty ? "empty" : "\"\(clipped)\"" }
}

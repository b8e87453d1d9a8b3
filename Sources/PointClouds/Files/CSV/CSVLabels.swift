/// The labels of a CSV file while they are read, each text with a number of its own.
struct CSVLabels {
  /// The numbers of the labels, in the order of the rows.
  private var codes: [Int] = []
  /// The texts by number, in the order in which they came.
  private var texts: [String] = []
  private var numbers: [String: Int] = [:]
  /// The numbers of texts of one digit.
  private var digits = [Int](repeating: -1, count: 10)
  /// The most different labels; with more they are none.
  private let limit: Int
  /// Whether there were more.
  private(set) var isOverfull = false

  /// The most labels that a file may tell apart.
  static let most = PointCloud.largestLabel + 1

  /// No labels yet, of at most `limit` different ones.
  init(limit: Int) {
    self.limit = limit
  }

  /// Whether a text is a label of its own column at once: a name or a whole number.
  private static func whole(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    return DecimalNumber(bytes, 0..<bytes.count).flatMap { Int(exactly: $0.value) }
  }

  mutating func reserve(_ count: Int) { codes.reserveCapacity(count) }

  /// Adds the label of a row.
  mutating func append(_ bytes: [UInt8], _ field: CSVField, in scanner: CSVScanner) {
    if isOverfull { return }
    let digit = field.range.count == 1 ? Int(bytes[field.range.lowerBound]) - 48 : -1
    if (0..<10).contains(digit) {
      if digits[digit] < 0 { digits[digit] = number(of: "\(digit)") }
      codes.append(digits[digit])
    } else {
      codes.append(number(of: scanner.text(field)))
    }
    if texts.count > limit {
      isOverfull = true
      codes = []
    }
  }

  private mutating func number(of text: String) -> Int {
    if let known = numbers[text] { return known }
    texts.append(text)
    numbers[text] = texts.count - 1
    return texts.count - 1
  }

  /// Whether all texts are numbers and some are not whole, as of a quantity that is measured.
  var isMeasured: Bool {
    let values = texts.map { text in
      let bytes = Array(text.utf8)
      return DecimalNumber(bytes, 0..<bytes.count)?.value
    }
    return values.allSatisfy { $0 != nil } && values.contains { $0 != $0?.rounded() }
  }

  /// How many different ones there are.
  var count: Int { texts.count }

  /// The labels, renumbered in the order of their names (whole numbers by value), and their names; these are
  /// `nil` where they are the numbers 0…k−1 themselves.
  var result: (labels: [Int], names: [String]?) {
    // "1" and "1.0" are one label.
    let wholes = texts.map(Self.whole)
    let names: [String]
    if wholes.allSatisfy({ $0 != nil }) {
      names = Set(wholes.compactMap { $0 }).sorted().map(String.init)
    } else {
      names = texts.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    }
    let places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    let isWhole = wholes.allSatisfy { $0 != nil }
    let order = texts.indices.map { i in places[isWhole ? "\(wholes[i] ?? 0)" : texts[i]] ?? 0 }
    let isPlain = isWhole && names.enumerated().allSatisfy { "\($0.offset)" == $0.element }
    return (codes.map { order[$0] }, isPlain ? nil : names)
  }
}

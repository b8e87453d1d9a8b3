/// The labels of a CSV file while it is read; each different text gets a number.
struct CSVLabels {
  /// The numbers of the labels, in the order of the rows.
  private var codes: [Int] = []
  /// The texts by number, in order of appearance.
  private var texts: [String] = []
  private var numbers: [String: Int] = [:]
  /// The numbers of texts of one digit.
  private var digits = [Int](repeating: -1, count: 10)
  /// The largest number of different labels; a column with more holds no labels.
  private let limit: Int
  /// Whether there were more different labels than that.
  private(set) var isOverfull = false

  /// The largest number of different labels in a file.
  static let most = PointCloud.largestLabel + 1

  /// An empty list for at most `limit` different labels.
  init(limit: Int) {
    self.limit = limit
  }

  /// Whether the text can be a label: a name or a whole number.
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

  /// Whether all texts are numbers and some are not whole, as in a column of measurements.
  var isMeasured: Bool {
    let values = texts.map { text in
      let bytes = Array(text.utf8)
      return DecimalNumber(bytes, 0..<bytes.count)?.value
    }
    return values.allSatisfy { $0 != nil } && values.contains { $0 != $0?.rounded() }
  }

  /// The number of different labels.
  var count: Int { texts.count }

  /// The labels and their names. Whole numbers in 0…9,999 stay and need no names; all other labels are numbered in
  /// the order of their names, whole numbers by value.
  var result: (labels: [Int], names: [String]?) {
    // "1" and "1.0" are the same label.
    let wholes = texts.compactMap(Self.whole)
    guard wholes.count == texts.count else {
      let names = texts.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
      let places = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
      let order = texts.map { places[$0] ?? 0 }
      return (codes.map { order[$0] }, names)
    }
    let (numbers, names) = Self.numbered(wholes)
    return (codes.map { numbers[$0] }, names)
  }

  /// Whole numbers as labels: unchanged if all are in 0…9,999, otherwise numbered by value, with their texts as
  /// names.
  static func numbered(_ wholes: [Int]) -> (labels: [Int], names: [String]?) {
    if wholes.allSatisfy((0...PointCloud.largestLabel).contains) { return (wholes, nil) }
    let values = Set(wholes).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(values, values.indices))
    return (wholes.map { places[$0] ?? 0 }, values.map(String.init))
  }
}

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

  /// The labels and their names. Whole numbers of 0…9,999 are kept and are their own names; all others are numbered
  /// in the order of their names, whole numbers by value.
  var result: (labels: [Int], names: [String]?) {
    // "1" and "1.0" are one label.
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

  /// Whole numbers as labels: themselves where all are in 0…9,999, otherwise by order, with their texts as names.
  static func numbered(_ wholes: [Int]) -> (labels: [Int], names: [String]?) {
    if wholes.allSatisfy((0...PointCloud.largestLabel).contains) { return (wholes, nil) }
    let values = Set(wholes).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(values, values.indices))
    return (wholes.map { places[$0] ?? 0 }, values.map(String.init))
  }
}

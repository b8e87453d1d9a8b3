extension String {
  /// The text without what a terminal would obey, on one line, and short enough to read.
  ///
  /// Control characters, line ends, and the marks that turn the direction of writing become `�`; of more than 80
  /// characters the first 80 stay. What comes out of a file is printed only so.
  /// - Complexity: O(80), however long the text is.
  package var printable: String { printable(80) }

  /// The same with another length.
  package func printable(_ length: Int) -> String {
    var text = ""
    var count = 0
    for scalar in unicodeScalars {
      // A letter can carry any number of accents, so scalars are counted.
      guard count < length else { return text + "…" }
      text.unicodeScalars.append(scalar.isPrintable ? scalar : "\u{FFFD}")
      count += 1
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether the scalar neither controls a terminal nor turns the direction of writing.
  var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}

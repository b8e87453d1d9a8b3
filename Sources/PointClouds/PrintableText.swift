extension String {
  /// The text on one line, short, and without anything that controls a terminal.
  ///
  /// Control characters, line ends and marks that change the direction of writing become `�`; only the first 80
  /// characters stay. Text from a file is printed in this form only.
  /// - Complexity: O(80), however long the text is.
  package var printable: String { printable(80) }

  /// ``printable`` with another limit than 80 characters.
  package func printable(_ length: Int) -> String {
    var text = ""
    var count = 0
    for scalar in unicodeScalars {
      // Count scalars, because one character can have any number of accents.
      guard count < length else { return text + "…" }
      text.unicodeScalars.append(scalar.isPrintable ? scalar : "\u{FFFD}")
      count += 1
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether the scalar neither controls a terminal nor changes the direction of writing.
  var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}

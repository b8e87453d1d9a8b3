/// The size of a line of text, computed without a font.
///
/// Advance widths of DejaVu Sans in thousandths of the size, measured once without hinting. Kerning only makes
/// lines shorter, and a character outside the table counts as a full em, so only wide scripts such as Chinese can be
/// wider than stated.
package enum TextMetrics {
  /// The height of the tallest letters with their accents above the baseline, in sizes.
  package static let ascent = 0.93
  /// The depth below the baseline, in sizes.
  package static let descent = 0.24
  /// The height of a capital or a digit, in sizes.
  package static let capHeight = 0.73

  /// The width of one line in the unit of `size`.
  /// - Complexity: O(length).
  package static func width(of text: String, size: Double, bold: Bool = false) -> Double {
    let ascii = bold ? boldASCII : regularASCII
    var total = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 32..<127: total += ascii[Int(scalar.value) - 32]
      case 0x300...0x36F: break  // combining marks sit on the letter before
      default: total += (symbols[scalar] ?? 1000) * (bold ? 23 : 20) / 20
      }
    }
    return Double(total) / 1000 * size
  }

  /// The text, cut and ended with "…" if it is wider than `width`.
  package static func fitted(_ text: String, size: Double, bold: Bool = false, width: Double) -> String {
    if self.width(of: text, size: size, bold: bold) <= width { return text }
    var shorter = text
    while !shorter.isEmpty {
      shorter.removeLast()
      while shorter.last == " " { shorter.removeLast() }
      if self.width(of: shorter + "…", size: size, bold: bold) <= width { break }
    }
    return shorter + "…"
  }

  private static let regularASCII = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636,
    636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295,
    295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838,
    500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521,
    392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
  ]
  private static let boldASCII = [
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696,
    696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372,
    372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838,
    500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595,
    478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
  ]
  private static let symbols: [Unicode.Scalar: Int] = {
    var table: [Unicode.Scalar: Int] = [
      "α": 659, "ᾱ": 659, "β": 638, "γ": 592, "δ": 612, "ε": 541, "ζ": 544, "η": 634, "θ": 612, "κ": 606,
      "λ": 592, "μ": 636, "ν": 592, "ξ": 558, "π": 688, "ρ": 635, "σ": 678, "τ": 602, "φ": 680, "χ": 578,
      "ψ": 691, "ω": 837, "Γ": 557, "Δ": 684, "Σ": 632, "Ω": 764, "∇": 669, "√": 637, "∞": 833, "≈": 838,
      "≤": 838, "≥": 838, "±": 838, "×": 838, "·": 331, "–": 500, "—": 1000, "−": 838, "…": 1000, "°": 500,
      "⁻": 528, "₋": 528, "ₜ": 338, "ₓ": 444, "ₙ": 398, "→": 838, "←": 838, "∂": 517, "∫": 531, "‖": 500,
      "∈": 871, "ℝ": 792, "½": 969, "∑": 674, "∏": 757, "′": 230, "“": 572, "”": 572, "’": 331, "ϵ": 615,
      "é": 615, "ä": 613, "ö": 612, "ü": 634,
    ]
    for digit in "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉".unicodeScalars { table[digit] = 401 }
    return table
  }()
}

internal import CCairo
import Plotting

/// A problem of this machine's fonts that affects figures.
package enum FontProblem: Sendable, Hashable, CustomStringConvertible {
  /// No font was found: text appears as boxes or not at all.
  case noUsableFont
  /// Another font stands in for DejaVu Sans: text may overlap or lack symbols such as ᾱ and ₜ.
  case otherFont

  /// What was found and what to do.
  package var description: String {
    let remedy = "install DejaVu Sans (apt install fonts-dejavu-core, brew install font-dejavu)"
    return switch self {
    case .noUsableFont: "no usable font was found, so figures have no readable text; \(remedy)"
    case .otherFont: "another font stands in for DejaVu Sans, so text in figures may overlap; \(remedy)"
    }
  }
}

/// The one font of all figures.
enum Fonts {
  static let family = "DejaVu Sans"

  static func select(_ context: OpaquePointer?, bold: Bool, size: Double) {
    cairo_select_font_face(
      context, family, CAIRO_FONT_SLANT_NORMAL, bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, size)
  }
}

extension Rendering {
  /// The problem of this machine's fonts, or `nil` if DejaVu Sans is installed. Figures are written in either case, so
  /// callers should print the warning.
  package static var fontProblem: FontProblem? {
    let surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1)
    defer { cairo_surface_destroy(surface) }
    let context = cairo_create(surface)
    defer { cairo_destroy(context) }
    let size = 1000.0
    Fonts.select(context, bold: false, size: size)
    // Without any font cairo draws strokes of its own, a user font.
    guard
      let font = cairo_get_scaled_font(context),
      cairo_scaled_font_status(font) == CAIRO_STATUS_SUCCESS,
      cairo_scaled_font_get_type(font) != CAIRO_FONT_TYPE_USER
    else { return .noUsableFont }
    // The layout relies on widths, so these are checked; hinting may change them a little.
    for text in ["Hamburgefonstiv", "0123456789", "mmmm", "iiii", "σ²∇ᾱ√"] {
      var extents = cairo_text_extents_t()
      cairo_text_extents(context, text, &extents)
      let expected = TextMetrics.width(of: text, size: size)
      if extents.x_advance > 1.03 * expected || extents.x_advance < 0.93 * expected { return .otherFont }
    }
    return nil
  }
}

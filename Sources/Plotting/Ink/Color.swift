/// A colour of the sRGB space with its opacity.
///
/// Channels are bytes, so that a theme's colour is one exact pixel value in every raster.
package struct Color: Sendable, Hashable, CustomStringConvertible {
  /// The channels, 0...255.
  package var red, green, blue: UInt8
  /// The opacity in 0...1.
  package var alpha: Double

  /// The colour with these channels.
  /// - Precondition: `alpha` is in 0...1.
  package init(red: UInt8, green: UInt8, blue: UInt8, alpha: Double = 1) {
    precondition((0...1).contains(alpha), "an opacity of \(alpha)")
    (self.red, self.green, self.blue, self.alpha) = (red, green, blue, alpha)
  }

  /// The opaque colour `#rrggbb` of the web: `Color(0x0072B2)`.
  /// - Precondition: `hex` has at most 24 bits.
  package init(_ hex: UInt32) {
    precondition(hex <= 0xFF_FFFF, "\(hex) is no 24-bit colour")
    self.init(red: UInt8(hex >> 16), green: UInt8(hex >> 8 & 255), blue: UInt8(hex & 255))
  }

  /// The same colour at another opacity.
  package func opacity(_ alpha: Double) -> Color {
    Color(red: red, green: green, blue: blue, alpha: alpha)
  }

  /// The linear interpolation in sRGB between this colour (0) and another (1).
  /// - Parameter share: clamped to 0...1.
  package func mixed(with other: Color, share: Double) -> Color {
    let share = min(max(share, 0), 1)
    func between(_ a: UInt8, _ b: UInt8) -> UInt8 {
      UInt8((Double(a) + share * (Double(b) - Double(a))).rounded())
    }
    return Color(
      red: between(red, other.red), green: between(green, other.green), blue: between(blue, other.blue),
      alpha: alpha + share * (other.alpha - alpha))
  }

  /// `#rrggbb`, followed by `/alpha` if the colour is not opaque.
  package var description: String {
    let digits = Array("0123456789abcdef")
    let hex = [red, green, blue].map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
    return "#\(hex)" + (alpha < 1 ? "/\(NumberText.short(alpha))" : "")
  }
}

/// A continuous scale of colours for ordered values, from knots at equal distances.
///
/// Colours between knots are interpolated in sRGB. All ramps here are monotone in lightness, so their order is visible
/// in grey and for colour-blind eyes.
package struct Ramp: Sendable, Hashable {
  /// The colours at equal distances, the first at 0 and the last at 1.
  package let knots: [Color]

  /// The ramp through these colours.
  /// - Precondition: there are at least two.
  package init(_ knots: [Color]) {
    precondition(knots.count >= 2, "a ramp has at least two knots, not \(knots.count)")
    self.knots = knots
  }

  package init(_ hex: UInt32...) {
    self.init(hex.map { Color($0) })
  }

  /// The colour of a value.
  /// - Parameter share: in 0...1; clamped; NaN counts as 0.
  package func color(_ share: Double) -> Color {
    let place = share > 0 ? min(share, 1) * Double(knots.count - 1) : 0
    let knot = min(Int(place), knots.count - 2)
    return knots[knot].mixed(with: knots[knot + 1], share: place - Double(knot))
  }

  /// `count` colours at equal distances, both ends included.
  package func colors(_ count: Int) -> [Color] {
    precondition(count >= 2, "\(count) colours of a ramp")
    return (0..<count).map { color(Double($0) / Double(count - 1)) }
  }

  /// The part of the ramp from `start` to `end`, reversed if `start` is larger.
  package func part(from start: Double, to end: Double) -> Ramp {
    Ramp((0...16).map { color(start + (end - start) * Double($0) / 16) })
  }

  /// Viridis (van der Walt and Smith 2015, CC0): perceptually uniform, dark violet to yellow.
  package static let viridis = Ramp(
    0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21908C, 0x27AD81, 0x5DC863, 0xAADC32, 0xFDE725)
}

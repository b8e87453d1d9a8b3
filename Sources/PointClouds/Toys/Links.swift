/// Five interlocking rings of one size, three above two, one label each, with Gaussian spread.
///
/// Every point of a ring is equally likely, and so is every ring. Each ring crosses its neighbours twice: where
/// two crossing strands are a spread apart, a model has to place them to that accuracy, or the holes fill.
///
/// | parameter | default | |
/// | --- | --- | --- |
/// | `radius` | 1 | the radius of a ring |
/// | `spacing` | 2.3 | the distance of neighbours in a row; the rows are a radius apart |
/// | `std` | 0.06 | the Gaussian spread of each coordinate |
package struct Links: ToyDistribution {
  package let name = "links"
  package let summary = "five interlocking rings, three above two"
  package let parts = 5
  package let radius, spacing, std: Double

  package init(radius: Double = 1, spacing: Double = 2.3, std: Double = 0.06) {
    self.radius = radius
    self.spacing = spacing
    self.std = std
  }

  package var parameters: [ToyParameter] {
    [ToyParameter("radius", radius), ToyParameter("spacing", spacing), ToyParameter("std", std)]
  }

  /// The middle of a ring: labels run from left to right, so neighbours in number cross.
  package func center(of part: Int) -> SIMD2<Double> {
    SIMD2(Double(part - 2) * spacing / 2, (part.isMultiple(of: 2) ? 0.5 : -0.5) * radius)
  }

  package func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    let u = noise.uniform(particle: particle)
    let part = Int(u.y * Double(parts))
    let onRing = center(of: part) + radius * PortableMath.direction(turns: u.x)
    return (onRing + std * noise.normal(particle: particle, lane: 1), part)
  }
}

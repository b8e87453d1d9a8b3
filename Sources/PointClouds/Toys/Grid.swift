/// Equal Gaussians on a square grid around the origin, one label each, row by row from the lower left.
///
/// The larger mode-counting benchmark of Srivastava et al. 2017 (VEEGAN), with their standard deviation of 0.05
/// enlarged so that the modes are visible on a slide.
///
/// | parameter | default | |
/// | --- | --- | --- |
/// | `side` | 5 | the number of Gaussians per row and column, each of weight 1 / `side`² |
/// | `spacing` | 2 | the distance of neighbouring means |
/// | `std` | 0.2 | the standard deviation of each coordinate |
package struct Grid: ToyDistribution {
  package let name: String
  package let summary: String
  package let side: Int
  package let spacing, std: Double
  private let gaussians: GaussianMixture

  /// - Precondition: `side` is at least 1, and `std` is positive.
  package init(side: Int = 5, spacing: Double = 2, std: Double = 0.2) {
    precondition(side >= 1, "a grid of side \(side)")
    self.side = side
    self.spacing = spacing
    self.std = std
    name = "grid\(side * side)"
    summary = "\(side * side) equal Gaussians on a \(side) × \(side) grid"
    let middle = Double(side - 1) / 2
    gaussians = GaussianMixture(
      means: (0..<side * side).map {
        spacing * (SIMD2(Double($0 % side), Double($0 / side)) - middle)
      },
      std: std)
  }

  package var mixture: GaussianMixture? { gaussians }
  package var parts: Int { side * side }

  package var parameters: [ToyParameter] {
    [ToyParameter("side", Double(side)), ToyParameter("spacing", spacing), ToyParameter("std", std)]
  }

  package func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    gaussians.draw(particle: particle, noise: noise)
  }
}

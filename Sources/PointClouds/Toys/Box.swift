/// A window on an infinite lattice of Gaussians: whole ones in the middle, halves at the walls, quarters in the
/// corners.
///
/// The density is as high at the walls as inside, and 0 beyond them, which Gaussian noise does not respect; the set
/// is made for reflected diffusion (Lou and Ermon 2023, arXiv:2304.04740). The lattice is symmetric about the
/// walls, so cutting it off equals folding it in: the set is exactly ``foldedMixture``, folded into ``box``.
///
/// | parameter | default | |
/// | --- | --- | --- |
/// | `wall` | 1 | the walls are at ±`wall` |
/// | `spacing` | 1 | the distance of neighbours; 2 · `wall` is a multiple of it |
/// | `std` | 0.2 | the standard deviation of each coordinate before folding |
package struct Box: ToyDistribution {
  package let name = "box"
  package let summary = "a window on a lattice of Gaussians, cut off by walls"
  package let wall, spacing, std: Double
  private let gaussians: GaussianMixture

  /// - Precondition: `std` is positive, and twice `wall` is a positive multiple of `spacing`.
  package init(wall: Double = 1, spacing: Double = 1, std: Double = 0.2) {
    let cells = (2 * wall / spacing).rounded()
    precondition(
      std > 0 && spacing > 0 && cells >= 1 && (2 * wall / spacing - cells).magnitude < 1e-9,
      "walls \(2 * wall) apart and a lattice of spacing \(spacing)")
    self.wall = wall
    self.spacing = spacing
    self.std = std
    let sites = 0...Int(cells)
    func share(_ site: Int) -> Double { site == 0 || site == sites.upperBound ? 0.5 : 1 }
    func place(_ site: Int) -> Double { -wall + Double(site) * (2 * wall / cells) }
    let lattice = sites.flatMap { row in sites.map { column in (row: row, column: column) } }
    gaussians = GaussianMixture(
      weights: lattice.map { share($0.row) * share($0.column) },
      means: lattice.map { SIMD2(place($0.column), place($0.row)) }, std: std)
  }

  package var box: DataBox? {
    DataBox(lower: SIMD2(repeating: -wall), upper: SIMD2(repeating: wall))
  }
  package var foldedMixture: GaussianMixture? { gaussians }
  package var parts: Int { gaussians.components.count }

  package var parameters: [ToyParameter] {
    [ToyParameter("wall", wall), ToyParameter("spacing", spacing), ToyParameter("std", std)]
  }

  package func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    let (point, part) = gaussians.draw(particle: particle, noise: noise)
    return (box?.folded(point) ?? point, part)
  }
}

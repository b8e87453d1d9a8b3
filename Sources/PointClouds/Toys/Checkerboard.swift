/// Uniform on the dark squares of a checkerboard around the origin; the lower left square is dark.
///
/// The data set of Grathwohl et al. 2019 (FFJORD). Its sharp edges and uniform density are the hardest case for a
/// smooth model.
///
/// | parameter | default | |
/// | --- | --- | --- |
/// | `side` | 4 | the number of squares per row and column; even |
/// | `square` | 1 | the side of one square |
package struct Checkerboard: ToyDistribution {
  package let name = "checkerboard"
  package let summary = "uniform on the dark squares of a checkerboard"
  package let side: Int
  package let square: Double

  /// - Precondition: `side` is even and positive.
  package init(side: Int = 4, square: Double = 1) {
    precondition(side > 0 && side % 2 == 0, "a checkerboard of \(side) squares a side")
    self.side = side
    self.square = square
  }

  package var box: DataBox? {
    let wall = 0.5 * square * Double(side)
    return DataBox(lower: SIMD2(repeating: -wall), upper: SIMD2(repeating: wall))
  }

  package var parameters: [ToyParameter] {
    [ToyParameter("side", Double(side)), ToyParameter("square", square)]
  }

  package func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    let dark = noise.index(below: side * side / 2, particle: particle)
    let row = dark / (side / 2)
    let column = 2 * (dark % (side / 2)) + row % 2
    let corner = SIMD2(Double(column), Double(row)) - Double(side) / 2
    return (square * (corner + noise.uniform(particle: particle, lane: 1)), 0)
  }
}

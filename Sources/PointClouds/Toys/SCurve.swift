/// A band in the shape of an S with Gaussian spread.
///
/// The plane section of scikit-learn's `make_s_curve`: x = sin t, y = sign(t) · (cos t − 1) with t uniform in
/// −3π/2...3π/2.
///
/// | parameter | default | |
/// | --- | --- | --- |
/// | `std` | 0.06 | the standard deviation of the spread of each coordinate |
package struct SCurve: ToyDistribution {
  package let name = "scurve"
  package let summary = "a band in the shape of an S"
  package let std: Double

  package init(std: Double = 0.06) {
    self.std = std
  }

  package var parameters: [ToyParameter] { [ToyParameter("std", std)] }

  package func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    let turns = 1.5 * (noise.uniform(particle: particle).x - 0.5)
    let direction = PortableMath.direction(turns: turns)
    let onCurve = SIMD2(direction.y, turns < 0 ? 1 - direction.x : direction.x - 1)
    return (onCurve + std * noise.normal(particle: particle, lane: 1), 0)
  }
}

/// Two concentric circles with Gaussian spread; the outer one has label 0, the inner one label 1.
///
/// scikit-learn's `make_circles`. Each point belongs to either circle with probability ½.
///
/// | parameter | default | |
/// | --- | --- | --- |
/// | `outerRadius` | 1 | the radius of the outer circle |
/// | `innerRadius` | 0.5 | the radius of the inner circle |
/// | `std` | 0.04 | the standard deviation of the spread of each coordinate |
package struct Circles: ToyDistribution {
  package let name = "circles"
  package let summary = "two concentric circles"
  package let parts = 2
  package let outerRadius, innerRadius, std: Double

  package init(outerRadius: Double = 1, innerRadius: Double = 0.5, std: Double = 0.04) {
    self.outerRadius = outerRadius
    self.innerRadius = innerRadius
    self.std = std
  }

  package var parameters: [ToyParameter] {
    [
      ToyParameter("outerRadius", outerRadius), ToyParameter("innerRadius", innerRadius),
      ToyParameter("std", std),
    ]
  }

  package func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    let u = noise.uniform(particle: particle)
    let part = u.y < 0.5 ? 0 : 1
    let onCircle = (part == 0 ? outerRadius : innerRadius) * PortableMath.direction(turns: u.x)
    return (onCircle + std * noise.normal(particle: particle, lane: 1), part)
  }
}

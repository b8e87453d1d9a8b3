/// Two interleaving half circles of radius 1 with Gaussian spread, one label each.
///
/// scikit-learn's `make_moons`: the upper moon is (cos θ, sin θ), the lower (1 − cos θ, ½ − sin θ), with θ
/// uniform in 0...π. Each point belongs to either with probability ½.
///
/// | parameter | default | |
/// | --- | --- | --- |
/// | `std` | 0.06 | the standard deviation of the spread of each coordinate |
package struct Moons: ToyDistribution {
  package let name = "moons"
  package let summary = "two interleaving half circles"
  package let parts = 2
  package let std: Double

  package init(std: Double = 0.06) {
    self.std = std
  }

  package var parameters: [ToyParameter] { [ToyParameter("std", std)] }

  package func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    let u = noise.uniform(particle: particle)
    let upper = PortableMath.direction(turns: u.x / 2)
    let part = u.y < 0.5 ? 0 : 1
    let onMoon = part == 0 ? upper : SIMD2(1, 0.5) - upper
    return (onMoon + std * noise.normal(particle: particle, lane: 1), part)
  }
}

/// Two spiral arms that wind around each other, one label each.
///
/// The two-spirals problem of Lang and Witbrock 1988, drawn as by Grathwohl et al. 2019 (FFJORD): the angle
/// is `turns` · √u with u uniform, so that the density along an arm is even; the second arm is the first one, rotated
/// by half a turn.
///
/// | parameter | default | |
/// | --- | --- | --- |
/// | `turns` | 1.5 | the number of full turns of an arm |
/// | `radius` | 3 | the radius at which an arm ends |
/// | `std` | 0.1 | the standard deviation of the spread of each coordinate |
package struct Spirals: ToyDistribution {
  package let name = "spirals"
  package let summary = "two spiral arms around each other"
  package let parts = 2
  package let turns, radius, std: Double

  package init(turns: Double = 1.5, radius: Double = 3, std: Double = 0.1) {
    self.turns = turns
    self.radius = radius
    self.std = std
  }

  package var parameters: [ToyParameter] {
    [ToyParameter("turns", turns), ToyParameter("radius", radius), ToyParameter("std", std)]
  }

  package func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    let u = noise.uniform(particle: particle)
    let share = u.x.squareRoot()
    let part = u.y < 0.5 ? 0 : 1
    let first = share * radius * PortableMath.direction(turns: share * turns)
    let onArm = part == 0 ? first : -first
    return (onArm + std * noise.normal(particle: particle, lane: 1), part)
  }
}

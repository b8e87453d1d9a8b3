/// A rolled-up band: the spiral r ∝ θ with Gaussian spread.
///
/// The plane section of scikit-learn's `make_swiss_roll` (Marsland, *Machine Learning: An Algorithmic
/// Perspective*, 2009), the first data set of diffusion models (Sohl-Dickstein et al. 2015). The angle is
/// uniform between ``innerTurns`` and ``outerTurns``, so the density is highest inside.
///
/// | parameter | default | |
/// | --- | --- | --- |
/// | `innerTurns` | 0.75 | the angle at which the roll begins, in full turns |
/// | `outerTurns` | 2.25 | the angle at which it ends, in full turns |
/// | `outerRadius` | 3 | the radius at its end |
/// | `std` | 0.08 | the standard deviation of the spread of each coordinate |
package struct SwissRoll: ToyDistribution {
  package let name = "swissroll"
  package let summary = "a band rolled up one and a half times"
  package let innerTurns, outerTurns, outerRadius, std: Double

  package init(
    innerTurns: Double = 0.75, outerTurns: Double = 2.25, outerRadius: Double = 3, std: Double = 0.08
  ) {
    self.innerTurns = innerTurns
    self.outerTurns = outerTurns
    self.outerRadius = outerRadius
    self.std = std
  }

  package var parameters: [ToyParameter] {
    [
      ToyParameter("innerTurns", innerTurns), ToyParameter("outerTurns", outerTurns),
      ToyParameter("outerRadius", outerRadius), ToyParameter("std", std),
    ]
  }

  package func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    let turns = innerTurns + noise.uniform(particle: particle).x * (outerTurns - innerTurns)
    let onRoll = turns / outerTurns * outerRadius * PortableMath.direction(turns: turns)
    return (onRoll + std * noise.normal(particle: particle, lane: 1), 0)
  }
}

/// Curved arms around the origin, one label each.
///
/// Johnson et al. 2016 (*Composing graphical models with neural networks*): a Gaussian blob at distance 1,
/// long along its radius r and thin across, turned by 2π·k / `arms` + `rate` · exp(r), then scaled.
///
/// | parameter | default | |
/// | --- | --- | --- |
/// | `arms` | 5 | the number of arms, equally likely |
/// | `radialStd` | 0.3 | the standard deviation along an arm |
/// | `tangentialStd` | 0.1 | the standard deviation across an arm |
/// | `rate` | 0.25 | how much an arm bends |
/// | `scale` | 2 | the factor of all coordinates |
package struct Pinwheel: ToyDistribution {
  package let name = "pinwheel"
  package let summary = "curved arms around the origin"
  package let arms: Int
  package let radialStd, tangentialStd, rate, scale: Double

  /// - Precondition: there is at least one arm.
  package init(
    arms: Int = 5, radialStd: Double = 0.3, tangentialStd: Double = 0.1, rate: Double = 0.25,
    scale: Double = 2
  ) {
    precondition(arms >= 1, "a pinwheel of \(arms) arms")
    self.arms = arms
    self.radialStd = radialStd
    self.tangentialStd = tangentialStd
    self.rate = rate
    self.scale = scale
  }

  package var parts: Int { arms }

  package var parameters: [ToyParameter] {
    [
      ToyParameter("arms", Double(arms)), ToyParameter("radialStd", radialStd),
      ToyParameter("tangentialStd", tangentialStd), ToyParameter("rate", rate),
      ToyParameter("scale", scale),
    ]
  }

  package func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    let arm = noise.index(below: arms, particle: particle)
    let normal = noise.normal(particle: particle, lane: 1)
    let blob = SIMD2(1 + radialStd * normal.x, tangentialStd * normal.y)
    let bend = rate * PortableMath.exp(blob.x) / (2 * Double.pi)
    let along = PortableMath.direction(turns: Double(arm) / Double(arms) + bend)
    let across = SIMD2(-along.y, along.x)
    return (scale * (blob.x * along + blob.y * across), arm)
  }
}

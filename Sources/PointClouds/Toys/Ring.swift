/// Equal Gaussians evenly spaced on a circle, one label each.
///
/// The mode-counting benchmark of Srivastava et al. 2017 (VEEGAN), with another radius and standard deviation.
/// Component k has its mean at the angle 2π·k / `components`.
///
/// | parameter | default | |
/// | --- | --- | --- |
/// | `components` | 8 | the number of Gaussians, each of weight 1 / `components` |
/// | `radius` | 2 | the distance of their means from the origin |
/// | `std` | 0.2 | the standard deviation of each coordinate |
package struct Ring: ToyDistribution {
  package let name: String
  package let summary: String
  package let components: Int
  package let radius, std: Double
  package let gaussians: GaussianMixture

  /// - Precondition: there is at least one component, and `std` is positive.
  package init(components: Int = 8, radius: Double = 2, std: Double = 0.2) {
    self.components = components
    self.radius = radius
    self.std = std
    name = "ring\(components)"
    summary = "\(components) equal Gaussians on a circle"
    gaussians = GaussianMixture(
      means: (0..<components).map {
        radius * PortableMath.direction(turns: Double($0) / Double(components))
      },
      std: std)
  }

  package var mixture: GaussianMixture? { gaussians }
  package var parts: Int { components }

  package var parameters: [ToyParameter] {
    [
      ToyParameter("components", Double(components)), ToyParameter("radius", radius),
      ToyParameter("std", std),
    ]
  }

  package func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    gaussians.draw(particle: particle, noise: noise)
  }
}

/// Three Gaussians with full covariances and unequal weights, one label each.
///
/// The lab's second reference mixture beside ``Ring``: nothing about it is symmetric, so a transposed
/// matrix or a forgotten weight shows.
///
/// | parameter | default |
/// | --- | --- |
/// | `weights` | 0.5, 0.3, 0.2 |
/// | `means` | (−1.2, 0.4), (1, 1.1), (0.6, −1.3) |
/// | `covariances` | [[0.3, 0.12], [0.12, 0.1]], [[0.08, −0.05], [−0.05, 0.2]], [[0.25, 0.03], [0.03, 0.05]] |
package struct AnisotropicMixture: ToyDistribution {
  package let name = "aniso3"
  package let summary = "three slanted Gaussians of unequal weight"
  package let parts = 3
  package let specification = MixtureSpecification(
    weights: [0.5, 0.3, 0.2],
    means: [SIMD2(-1.2, 0.4), SIMD2(1, 1.1), SIMD2(0.6, -1.3)],
    covariances: [
      Covariance(xx: 0.3, xy: 0.12, yy: 0.1),
      Covariance(xx: 0.08, xy: -0.05, yy: 0.2),
      Covariance(xx: 0.25, xy: 0.03, yy: 0.05),
    ])

  package init() {}

  package var mixture: MixtureSpecification? { specification }

  package var parameters: [ToyParameter] {
    func list(_ numbers: [Double]) -> ToyParameter.Value { .list(numbers.map { .number($0) }) }
    return [
      ToyParameter("weights", specification.weights.map { .number($0) }),
      ToyParameter("means", specification.means.map { list([$0.x, $0.y]) }),
      ToyParameter(
        "covariances",
        specification.covariances.map { .list([list([$0.xx, $0.xy]), list([$0.xy, $0.yy])]) }),
    ]
  }

  package func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    specification.draw(particle: particle, noise: noise)
  }
}

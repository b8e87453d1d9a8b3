/// Three Gaussians with full covariances and unequal weights, one label each.
///
/// The second reference mixture beside ``Ring``. It has no symmetry, so that a transposed matrix or a forgotten
/// weight changes results.
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
  private let gaussians = GaussianMixture(
    stated: [
      .init(weight: 0.5, mean: SIMD2(-1.2, 0.4), covariance: SymmetricMatrix(xx: 0.3, xy: 0.12, yy: 0.1)),
      .init(weight: 0.3, mean: SIMD2(1, 1.1), covariance: SymmetricMatrix(xx: 0.08, xy: -0.05, yy: 0.2)),
      .init(weight: 0.2, mean: SIMD2(0.6, -1.3), covariance: SymmetricMatrix(xx: 0.25, xy: 0.03, yy: 0.05)),
    ])

  package init() {}

  package var mixture: GaussianMixture? { gaussians }

  package var parameters: [ToyParameter] {
    func list(_ numbers: [Double]) -> ToyParameter.Value { .list(numbers.map { .number($0) }) }
    return [
      ToyParameter("weights", gaussians.components.map { .number($0.weight) }),
      ToyParameter("means", gaussians.components.map { list([$0.mean.x, $0.mean.y]) }),
      ToyParameter(
        "covariances",
        gaussians.components.map(\.covariance).map { .list([list([$0.xx, $0.xy]), list([$0.xy, $0.yy])]) }),
    ]
  }

  package func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    gaussians.draw(particle: particle, noise: noise)
  }
}

import DiffusionProcess
import PointClouds

extension GaussianMixture {
  /// The exact reverse transition q(x_s | x_t = x) = Σ r_k N(A·x + B·m_k, V·I + B²·P_k).  Equations (10.8)
  ///
  /// Drawing from it step by step is an exact sampler.
  package func reverseTransition(
    _ x: SIMD2<Double>, from source: NoiseLevel, to target: NoiseLevel
  ) -> GaussianMixture {
    let step = ReversePosterior(from: source, to: target)
    let b = step.cleanCoefficient
    return GaussianMixture(
      zip(diffused(to: source).responsibilities(x), components).filter { $0.0 > 0 }.map { r, component in
        let alone = Gaussian(mean: component.mean, covariance: component.covariance)
        return Component(
          weight: r, mean: step.mean(noisy: x, clean: alone.denoise(PointCloud([x]), at: source)[0]),
          covariance: SymmetricMatrix(isotropic: step.variance)
            + (b * b) * alone.posteriorCovariance(at: source))
      })
  }
}

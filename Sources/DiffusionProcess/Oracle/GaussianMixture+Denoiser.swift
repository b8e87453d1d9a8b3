import PointClouds
import RealModule

/// The exact oracle: data p₀ = Σ w_k N(μ_k, S_k), whose noisy versions are known in closed form.
///
/// Equations section 10. It is a ``Denoiser`` like a trained network, so that every sampler and every figure runs on
/// it too.
extension GaussianMixture: Denoiser {
  /// The mixture in standard units.
  package func standardized(by standardization: Standardization) -> GaussianMixture {
    let scales = standardization.scales
    return GaussianMixture(
      components.map {
        let c = $0.covariance
        return Component(
          weight: $0.weight, mean: ($0.mean - standardization.mean) / scales,
          covariance: SymmetricMatrix(
            xx: 1 / (scales.x * scales.x) * c.xx, xy: 1 / (scales.x * scales.y) * c.xy,
            yy: 1 / (scales.y * scales.y) * c.yy))
      })
  }

  /// The mixture at one noise level, with all that does not depend on the point computed.
  /// - Complexity: O(components).
  package func diffused(to level: NoiseLevel) -> DiffusedMixture {
    DiffusedMixture(self, level: level)
  }

  /// log p_t(x) in nats.  Equations (10.1)
  public func logDensity(_ x: SIMD2<Double>, at level: NoiseLevel = .clean) -> Double {
    diffused(to: level).logDensity(x)
  }

  /// ∇ log p_t(x).  Equations (10.2)
  public func score(_ x: SIMD2<Double>, at level: NoiseLevel) -> SIMD2<Double> {
    diffused(to: level).score(x)
  }

  /// E[x₀ | x_t] of every point.  Equations (10.3), (10.4)
  /// - Complexity: O(points × components).
  public func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) {
    precondition(clean.count == noisy.count, "\(clean.count) places for \(noisy.count) points")
    let mixture = diffused(to: level)
    for i in 0..<noisy.count { clean[i] = mixture.posteriorMean(noisy[i]) }
  }
}

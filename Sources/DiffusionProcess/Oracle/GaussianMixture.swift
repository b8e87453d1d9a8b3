import PointClouds
import RealModule

/// The exact oracle: data p₀ = Σ w_k N(μ_k, S_k), and everything about its noisy versions in closed form.
///
/// Equations section 10. It is a ``Denoiser`` like a trained network, so every sampler and every figure can be
/// run on the truth.
package struct GaussianMixture: Denoiser, Hashable {
  /// One Gaussian of the mixture.
  package struct Component: Sendable, Hashable {
    /// Its share of the points.
    package let weight: Double
    /// Its centre.
    package let mean: SIMD2<Double>
    /// Its covariance.
    package let covariance: SymmetricMatrix

    /// A Gaussian with this share.
    package init(weight: Double, mean: SIMD2<Double>, covariance: SymmetricMatrix) {
      self.weight = weight
      self.mean = mean
      self.covariance = covariance
    }
  }

  /// The Gaussians; their weights sum to 1.
  package let components: [Component]

  /// The mixture of these components, whose weights are scaled to sum to 1.
  /// - Precondition: there is one at least, weights are positive, covariances positive definite.
  package init(_ components: [Component]) {
    precondition(!components.isEmpty, "a mixture has at least one component")
    let total = components.reduce(0) { $0 + $1.weight }
    for component in components {
      precondition(component.weight > 0 && total.isFinite, "weight \(component.weight) is not positive")
      precondition(
        component.covariance.isPositiveDefinite, "\(component.covariance) is not positive definite")
    }
    self.components = components.map {
      Component(weight: $0.weight / total, mean: $0.mean, covariance: $0.covariance)
    }
  }

  /// The mixture of points moved and scaled as `standardization` moves and scales them.
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

  /// What the mixture is at one noise level, ready for any number of points.
  /// - Complexity: O(components).
  package func diffused(to level: NoiseLevel) -> DiffusedMixture {
    DiffusedMixture(self, level: level)
  }

  /// log p_t(x) in nats.  Equations (10.1)
  package func logDensity(_ x: SIMD2<Double>, at level: NoiseLevel = .clean) -> Double {
    diffused(to: level).logDensity(x)
  }

  /// ∇ log p_t(x).  Equations (10.2)
  package func score(_ x: SIMD2<Double>, at level: NoiseLevel) -> SIMD2<Double> {
    diffused(to: level).score(x)
  }

  /// E[x₀ | x_t] of every point.  Equations (10.3), (10.4)
  /// - Complexity: O(points × components).
  package func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) {
    precondition(clean.count == noisy.count, "\(clean.count) places for \(noisy.count) points")
    let mixture = diffused(to: level)
    for i in 0..<noisy.count { clean[i] = mixture.posteriorMean(noisy[i]) }
  }
}

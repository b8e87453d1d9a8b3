import PointClouds

/// A denoiser that also knows Cov[x₀ | x_t], from which the optimal covariances of reverse steps follow.
package protocol CovarianceDenoiser: Denoiser {
  /// Cov[x₀ | x_t] of every noisy point.
  func covariance(_ noisy: PointCloud, at level: NoiseLevel) -> [SymmetricMatrix]
}

extension CovarianceDenoiser {
  /// Σ* = V·I + B²·Cov[x₀ | x_t], the covariance of the exact reverse step.  Equations (10.9)
  package func reverseCovariance(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel
  ) -> [SymmetricMatrix] {
    let posterior = ReversePosterior(from: source, to: target)
    let b = posterior.cleanCoefficient
    return covariance(noisy, at: source).map {
      SymmetricMatrix(isotropic: posterior.variance) + (b * b) * $0
    }
  }
}

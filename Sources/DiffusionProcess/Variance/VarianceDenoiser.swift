import PointClouds

/// A denoiser that also says the covariance of the reverse step, in the same evaluation: a network with a
/// learned variance.
package protocol VarianceDenoiser: Denoiser {
  /// E[x₀ | x_t] of every noisy point, and the Cholesky factor of the covariance of its step from `source` to
  /// `target`.
  func reverseStep(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel
  ) -> (clean: PointCloud, factors: [LowerTriangle])
}

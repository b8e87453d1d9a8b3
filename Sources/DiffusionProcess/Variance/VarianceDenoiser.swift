import PointClouds

/// A denoiser that also predicts the covariance of the reverse step, in the same evaluation: a network with a
/// learned variance.
package protocol VarianceDenoiser: Denoiser {
  /// Which variance it learned as a covariance of steps; `nil` where none.
  var learnedVariance: ReverseVariance? { get }
  /// E[x₀ | x_t] of every noisy point, and the Cholesky factor of the covariance of its step from `source` to
  /// `target`.
  /// - Parameter last: what replaces V = 0 at the step to the data: ``StepVariances/last(along:)``.
  func reverseStep(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel, last: Double
  ) -> (clean: PointCloud, factors: [LowerTriangle])
}

import PointClouds

/// A network that predicts the covariance of the reverse step in the same evaluation as E[x₀ | x_t].
package protocol VarianceDenoiser: Denoiser {
  /// The variance that it learned; `nil` if it learned none, or moments.
  var learnedVariance: ReverseVariance? { get }
  /// E[x₀ | x_t] of every noisy point, and the Cholesky factor of the covariance of its step from `source` to
  /// `target`.
  /// - Parameter last: the replacement for V = 0 at the step to the data: ``StepVariances/last(along:)``.
  func reverseStep(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel, last: Double
  ) -> (clean: PointCloud, factors: [LowerTriangle])
}

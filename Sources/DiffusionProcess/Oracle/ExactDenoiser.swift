import PointClouds

/// Data whose noisy versions are known exactly: the ground truth for a trained network.
///
/// Equations sections 10 and 11. Errors, optimal variances and bounds follow from E[f(Cov[x₀ | x_t])] alone.
package protocol ExactDenoiser: CovarianceDenoiser {
  var mean: SIMD2<Double> { get }
  var covariance: SymmetricMatrix { get }
  /// H(p_t) = −E[log p_t] in nats.
  func entropy(at level: NoiseLevel) -> Double
  /// E[f(Cov[x₀ | x_t])] over the noisy density p_t, with the error of numeric integration.
  func posteriorEstimate(
    at level: NoiseLevel, of f: (PosteriorCovariance) -> SIMD4<Double>
  ) -> QuadratureEstimate
}

extension ExactDenoiser {
  /// H(p₀) in nats, the entropy of the data.
  package var entropy: Double { entropy(at: .clean) }

  /// E tr Cov[x₀ | x_t], the mean squared error of the exact denoiser, summed over coordinates.
  package func denoisingError(at level: NoiseLevel) -> Double {
    posteriorEstimate(at: level) { SIMD4($0.matrix.trace, 0, 0, 0) }.values.x
  }

  /// The smallest possible mean squared error, per coordinate, of a prediction of ε.  Equations (13.3)
  /// - Precondition: the level has noise.
  package func irreducibleNoiseError(at level: NoiseLevel) -> Double {
    level.snr * denoisingError(at: level) / 2
  }

  /// v* = V + B²/d · E tr Cov[x₀ | x_t], the best isotropic variance of a reverse step.  Equations (10.10)
  package func optimalVariance(from source: NoiseLevel, to target: NoiseLevel) -> Double {
    let step = ReversePosterior(from: source, to: target)
    let b = step.cleanCoefficient
    return step.variance + b * b * denoisingError(at: source) / 2
  }
}

import PointClouds

/// The best isotropic variance of each step, from averages of what a denoiser predicts: Analytic-DPM.
///
/// Bao et al. 2022 (arXiv:2201.06503), theorem 1. Equations (7.20), (7.21) with λ² = V:
/// v* = V + B²·(s/a)²·(1 − Γ), where Γ = E‖ε̂‖²/d is an average over the points at that level.
public struct AnalyticVariance: Sendable, Hashable {
  /// Γ of the levels for which it was estimated beforehand. At other levels it is the average over the noisy points
  /// in hand: the particles of a chain, which then depend on each other, or the held-out points of a bound.
  package let averages: [NoiseLevel: Double]
  /// The data's variance per coordinate (1 in standard units), which no denoiser's error should exceed.
  package let dataVariance: Double

  public init(averages: [NoiseLevel: Double] = [:], dataVariance: Double = 1) {
    self.averages = averages
    self.dataVariance = dataVariance
  }

  /// v* of a step from `level`, with the average error of x₀ clipped to ``dataVariance``.
  /// - Parameter clean: E[x₀ | x_t] of the noisy points.
  package func variance(
    of step: ReversePosterior, _ noisy: PointCloud, clean: PointCloud, at level: NoiseLevel
  ) -> Double {
    let gamma = averages[level] ?? Self.average(noisy, clean: clean, at: level)
    // Without signal σ is infinite, and x₀ | x_t has the law of the data.
    let error = level.signal > 0 ? level.sigma * level.sigma * max(0, 1 - gamma) : dataVariance
    let b = step.cleanCoefficient
    return step.variance + b * b * min(dataVariance, error)
  }

  /// Γ of these points.
  private static func average(_ noisy: PointCloud, clean: PointCloud, at level: NoiseLevel) -> Double {
    var total = 0.0
    for i in 0..<noisy.count {
      let epsilon = (noisy[i] - level.signal * clean[i]) / level.noise
      total += (epsilon * epsilon).sum()
    }
    return total / Double(2 * max(1, noisy.count))
  }
}

import PointClouds

/// The best variance that is one number per step, from averages of what a denoiser predicts: Analytic-DPM.
///
/// Bao et al. 2022 (arXiv:2201.06503), theorem 1. Equations (7.20), (7.21) with λ² = V:
/// v* = V + B²·(s/a)²·(1 − Γ), where Γ = E‖ε̂‖²/d is an average over the points at that level.
package struct AnalyticVariance: Sendable, Hashable {
  /// The average Γ of each level. A level without one takes the average over the noisy points that it is asked
  /// for: the particles of a chain, which then depend on each other, or the held-out points of a bound.
  package let averages: [NoiseLevel: Double]
  /// The data's variance per coordinate, above which no error of a denoiser can lie.
  package let dataVariance: Double

  /// Variances from known averages.
  /// - Parameters:
  ///   - averages: Γ of the levels that are known.
  ///   - dataVariance: the data's variance per coordinate; 1 in standard units.
  package init(averages: [NoiseLevel: Double] = [:], dataVariance: Double = 1) {
    self.averages = averages
    self.dataVariance = dataVariance
  }

  /// v* of a step from `level`, with the average error of x₀ clipped to what data of this variance can have.
  /// - Parameter clean: E[x₀ | x_t] of the noisy points.
  package func variance(
    of step: ReversePosterior, _ noisy: PointCloud, clean: PointCloud, at level: NoiseLevel
  ) -> Double {
    let gamma = averages[level] ?? Self.average(noisy, clean: clean, at: level)
    // Without signal σ is infinite, and the posterior is the data.
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

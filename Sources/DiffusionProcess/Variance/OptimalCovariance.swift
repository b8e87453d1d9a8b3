import PointClouds

/// The best covariance of each reverse step, which only the exact denoiser knows: Σ* = V·I + B²·Cov[x₀ | x_t].
///
/// EQUATIONS (10.9); Bao et al. 2022 (arXiv:2206.07309). The covariance of the exact reverse transition; with
/// Gaussian data the chain is then the exact reversal.
package struct OptimalCovariance: ReverseCovariance {
  /// Who knows Cov[x₀ | x_t].
  package let oracle: any CovarianceDenoiser
  /// Whether the covariance between the coordinates is left out.
  package let isDiagonal: Bool

  /// The optimum of this oracle, full or with its diagonal alone.
  package init(_ oracle: any CovarianceDenoiser, isDiagonal: Bool = false) {
    self.oracle = oracle
    self.isDiagonal = isDiagonal
  }

  package func factors(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel
  ) -> [LowerTriangle] {
    oracle.reverseCovariance(noisy, from: source, to: target).map {
      isDiagonal
        ? LowerTriangle(xx: $0.xx.squareRoot(), yx: 0, yy: $0.yy.squareRoot())
        : $0.semidefiniteCholesky
    }
  }
}

/// The best variance that is one number a step: v* = V + B²/d · E tr Cov[x₀ | x_t].
///
/// EQUATIONS (10.10), (7.20); Bao et al. 2022, Analytic-DPM (arXiv:2201.06503).
package struct OptimalVariance: ReverseCovariance {
  /// E tr Cov[x₀ | x_t] of the chain's levels.
  private let errors: [NoiseLevel: Double]
  private let oracle: any ExactDenoiser

  /// The optimum of this oracle, worked out once for the visited levels of a chain.
  /// - Parameter visited: the visited steps, decreasing to 0; all where it is `nil`.
  /// - Complexity: one expectation over the noisy density a step.
  package init(_ oracle: any ExactDenoiser, schedule: DiscreteSchedule, visiting visited: [Int]? = nil) {
    self.oracle = oracle
    var errors: [NoiseLevel: Double] = [:]
    for t in visited ?? Array(0...schedule.steps) where t > 0 {
      errors[schedule.levels[t]] = oracle.denoisingError(at: schedule.levels[t])
    }
    self.errors = errors
  }

  package func factors(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel
  ) -> [LowerTriangle] {
    let posterior = ReversePosterior(from: source, to: target)
    let b = posterior.cleanCoefficient
    let error = errors[source] ?? oracle.denoisingError(at: source)
    let factor = LowerTriangle(isotropic: posterior.variance + b * b * error / 2)
    return [LowerTriangle](repeating: factor, count: noisy.count)
  }
}

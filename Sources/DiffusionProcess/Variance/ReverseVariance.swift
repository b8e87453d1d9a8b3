/// The reverse variances that need no training.
package enum ReverseVariance: String, Sendable, Hashable, CaseIterable, Codable {
  /// β̃ (V where the chain strides): right where the data are one point.
  case posterior
  /// β (v_{t|s} where the chain strides): right where the data are N(0, I).
  case transition
  /// The best that is one number a step.  EQUATIONS (10.10)
  case optimalIsotropic = "optimal-isotropic"
  /// The diagonal of the best.
  case optimalDiagonal = "optimal-diagonal"
  /// The best: the covariance of the exact reverse step.  EQUATIONS (10.9)
  case optimal

  /// Whether only the exact denoiser of the data knows it.
  package var needsOracle: Bool { self != .posterior && self != .transition }

  /// The covariances of this choice on a chain.
  /// - Parameters:
  ///   - oracle: the exact denoiser of the data.
  ///   - visited: the visited steps, decreasing to 0; all where it is `nil`.
  package func covariance(
    _ oracle: any ExactDenoiser, schedule: DiscreteSchedule, visiting visited: [Int]? = nil
  ) -> any ReverseCovariance {
    switch self {
    case .posterior: FixedVariance.posterior(schedule, visiting: visited)
    case .transition: FixedVariance.transition
    case .optimalIsotropic: OptimalVariance(oracle, schedule: schedule, visiting: visited)
    case .optimalDiagonal: OptimalCovariance(oracle, isDiagonal: true)
    case .optimal: OptimalCovariance(oracle)
    }
  }
}

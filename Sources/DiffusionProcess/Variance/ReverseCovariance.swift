import PointClouds

/// The covariances of the Gaussians p(x_s | x_t) of a reverse chain; their means are A·x_t + B·E[x₀ | x_t].
///
/// Fixed, exact or learned: a chain that draws, and a bound that judges, take any.
package protocol ReverseCovariance: Sendable {
  /// The lower Cholesky factor L of the covariance at every noisy point: x_s = mean + L·ζ.
  func factors(_ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel) -> [LowerTriangle]
}

extension LowerTriangle {
  /// The factor of `variance` times the identity.
  package init(isotropic variance: Double) {
    self.init(xx: variance.squareRoot(), yx: 0, yy: variance.squareRoot())
  }
}

/// β or β̃, whatever the point.  Ho et al. 2020, section 3.2; EQUATIONS (7.1)
package struct FixedVariance: ReverseCovariance, Hashable {
  /// Whether it is β (v_{t|s}); otherwise β̃ (V).
  package let isTransition: Bool
  /// β̃ at the step to the data.  EQUATIONS (2.8)
  package let last: Double

  /// β, right where the data are N(0, I): v_{t|s} where the chain strides.
  package static let transition = FixedVariance(isTransition: true, last: 1)

  /// β̃, right where the data are one point: V where the chain strides, and at the step to the data the value of
  /// the step before.
  /// - Parameter visited: the visited steps, decreasing to 0; all where it is `nil`.
  package static func posterior(_ schedule: DiscreteSchedule, visiting visited: [Int]? = nil) -> FixedVariance
  {
    FixedVariance(isTransition: false, last: schedule.lastPosteriorVariance(visiting: visited))
  }

  private init(isTransition: Bool, last: Double) {
    self.isTransition = isTransition
    self.last = last
  }

  package func factors(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel
  ) -> [LowerTriangle] {
    let variances = StepVariances(from: source, to: target, last: last)
    let factor = LowerTriangle(isotropic: isTransition ? variances.transition : variances.posterior)
    return [LowerTriangle](repeating: factor, count: noisy.count)
  }
}

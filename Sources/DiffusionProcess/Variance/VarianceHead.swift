import PointClouds

/// How raw outputs of a network become the covariance of a reverse step. Outputs of 0, at which training starts, mean
/// the geometric mean of β and β̃ for the interpolation, and β̃ for the other two.
///
/// Entries of the raw vector beyond the first ``outputs`` are ignored and have gradient 0.
package enum VarianceHead: String, Sendable, Hashable, CaseIterable, Codable {
  /// log v_j between log β̃ (output −1) and log β (output 1), not clamped.
  /// Equations (5.3); Nichol and Dhariwal 2021, eq. 15
  case interpolated
  /// log v_j = log β̃ + output.  Equations (5.5)
  case diagonal
  /// L = √β̃ · ((e^r₁, 0), (r₃, e^r₂)).  Equations (5.4)
  case full

  /// How many numbers the network predicts.
  package var outputs: Int { self == .full ? 3 : 2 }

  /// The Cholesky factor of the covariance. Logarithms are clipped to ±100, so that the factor of a network that
  /// diverges stays finite.
  package func factor(_ raw: SIMD3<Double>, _ variances: StepVariances) -> LowerTriangle {
    switch self {
    case .interpolated:
      let (high, low) = (PortableMath.log(variances.transition), PortableMath.log(variances.posterior))
      func root(_ output: Double) -> Double {
        let share = (1 + output) / 2
        return Self.exp((share * high + (1 - share) * low) / 2)
      }
      return LowerTriangle(xx: root(raw.x), yx: 0, yy: root(raw.y))
    case .diagonal:
      let root = variances.posterior.squareRoot()
      return LowerTriangle(
        xx: root * Self.exp(raw.x / 2), yx: 0, yy: root * Self.exp(raw.y / 2))
    case .full:
      let root = variances.posterior.squareRoot()
      return LowerTriangle(
        xx: root * Self.exp(raw.x), yx: root * raw.z, yy: root * Self.exp(raw.y))
    }
  }

  /// The gradient of a loss with respect to the raw outputs, from its `gradient` with respect to the factor.
  /// - Parameter factor: the result of ``factor(_:_:)`` for these outputs.
  package func pullback(
    _ gradient: LowerTriangle, factor: LowerTriangle, _ variances: StepVariances
  ) -> SIMD3<Double> {
    // The derivative of L_jj with respect to its logarithm is L_jj.
    let (x, y) = (gradient.xx * factor.xx, gradient.yy * factor.yy)
    switch self {
    case .interpolated:
      let rate = (PortableMath.log(variances.transition) - PortableMath.log(variances.posterior)) / 4
      return SIMD3(x * rate, y * rate, 0)
    case .diagonal: return SIMD3(x / 2, y / 2, 0)
    case .full: return SIMD3(x, y, gradient.yx * variances.posterior.squareRoot())
    }
  }

  private static func exp(_ x: Double) -> Double {
    x.isNaN ? x : PortableMath.exp(min(max(x, -100), 100))
  }
}

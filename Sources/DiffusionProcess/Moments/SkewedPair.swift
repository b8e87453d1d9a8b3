import PointClouds

/// Two normal laws of one variance, mixed ⅓ to ⅔, that have a given mean, variance and third central moment.
///
/// The transition of Guo et al. 2023 (arXiv:2311.00941), who search for it by gradient descent on the squared
/// errors of the three raw moments. The solution is closed: Equations (7.18). It exists while the skewness is
/// at most 1/√2 (Equations 7.19), of which the floor of the variance leaves 0.6; beyond, mean and variance stay
/// exact and the third moment falls short.
///
/// The third moment enters by its cube root, so that a rounding error of 1e-16 near 0 moves the means by 1e-5.
/// Compare pairs by their moments.
package struct SkewedPair: Sendable, Hashable {
  /// π = ⅓, the share of the first law, which lies farther from the mean.
  package static let share = 1.0 / 3
  /// ρ = 0.1, the least share of the whole variance that stays within each law.
  package static let varianceFloor = 0.1
  /// (1 − 2π) / √(π(1 − π)) = 1/√2, the largest skewness of two points with these shares.  Equations (7.19)
  package static let largestSkewness = largestSkewness(share: share)

  /// The largest skewness of two points of which the first has this share, below ½.
  package static func largestSkewness(share p: Double) -> Double { (1 - 2 * p) / (p * (1 - p)).squareRoot() }

  /// The mean of the first law.
  package let first: Double
  /// The mean of the second law.
  package let second: Double
  /// The variance τ of either.
  package let variance: Double
  /// Whether the third moment is met; else it is the largest that the floor of the variance allows.
  package let isFeasible: Bool

  /// The pair with this mean, variance and third central moment, or with the nearest third moment that it can
  /// have.
  /// - Parameter variance: at least 0; less counts as 0.
  package init(mean: Double, variance: Double, third: Double) {
    self.init(
      mean: mean, variance: variance, third: third, share: Self.share, varianceFloor: Self.varianceFloor)
  }

  /// The same of a first law with another share, below ½, and with another floor.
  package init(mean: Double, variance: Double, third: Double, share p: Double, varianceFloor: Double) {
    let total = max(0, variance)
    let limit = ((1 - varianceFloor) * total * (1 - p) / p).squareRoot()
    // b, from the whole mean to the first.
    let wanted = PortableMath.cubeRoot(third * (1 - p) * (1 - p) / (p * (1 - 2 * p)))
    let offset = min(max(wanted, -limit), limit)
    isFeasible = offset == wanted
    first = mean + offset
    second = mean - p / (1 - p) * offset
    self.variance = max(0, total - p / (1 - p) * offset * offset)
  }

  /// Mean, variance and third central moment of the pair.
  package var moments: (mean: Double, variance: Double, third: Double) { moments(share: Self.share) }

  /// The same where the first law has this share.
  package func moments(share p: Double) -> (mean: Double, variance: Double, third: Double) {
    let gap = first - second
    return (
      p * first + (1 - p) * second, variance + p * (1 - p) * gap * gap,
      p * (1 - p) * (1 - 2 * p) * gap * gap * gap
    )
  }

  /// Whether both laws are one, as they are where the third moment is 0.
  package var isNormal: Bool { first == second }

  /// The mean of the law that a uniform number picks: the first below ⅓.
  package func mean(picking uniform: Double) -> Double { uniform < Self.share ? first : second }

  /// The covariance with a number from another pair that comes of picking both by the same uniform number.
  package func pickCovariance(_ other: SkewedPair) -> Double {
    Self.share * (1 - Self.share) * (first - second) * (other.first - other.second)
  }
}

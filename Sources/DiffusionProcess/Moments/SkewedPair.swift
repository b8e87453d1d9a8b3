import PointClouds

/// A mixture of two Gaussians of equal variance, ⅓ to ⅔, that has a given mean, variance and third central moment.
///
/// It is the transition of Guo et al. 2023 (arXiv:2311.00941), who find it by gradient descent on the squared errors
/// of the three raw moments; Equations (7.18) solve for it in closed form. It exists up to a skewness of 1/√2
/// (Equations 7.19), which ``varianceFloor`` reduces to 0.6; beyond, mean and variance stay exact and the third
/// moment falls short.
///
/// The means depend on the cube root of the third moment, so that a rounding error of 1e-16 near 0 moves them by
/// 1e-5: compare pairs by their moments.
package struct SkewedPair: Sendable, Hashable {
  /// π = ⅓, the weight of the first Gaussian, which lies farther from the mean.
  package static let share = 1.0 / 3
  /// ρ = 0.1, the least variance of each Gaussian as a share of the whole variance.
  package static let varianceFloor = 0.1
  /// (1 − 2π) / √(π(1 − π)) = 1/√2, the largest skewness of two points with these weights.  Equations (7.19)
  package static let largestSkewness = largestSkewness(share: share)

  /// The largest skewness of two points of which the first has this weight, below ½.
  package static func largestSkewness(share p: Double) -> Double { (1 - 2 * p) / (p * (1 - p)).squareRoot() }

  /// The means of the two Gaussians.
  package let first, second: Double
  /// The variance τ of either.
  package let variance: Double
  /// Whether the pair has the third moment asked for; if not, it has the largest that ``varianceFloor`` allows.
  package let isFeasible: Bool

  /// The pair with this mean, variance and third central moment, or with the nearest third moment possible.
  /// - Parameter variance: below 0 it counts as 0.
  package init(mean: Double, variance: Double, third: Double) {
    self.init(
      mean: mean, variance: variance, third: third, share: Self.share, varianceFloor: Self.varianceFloor)
  }

  /// The pair with another weight, below ½, of the first Gaussian and another floor.
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

  /// The moments if the first Gaussian has this weight.
  package func moments(share p: Double) -> (mean: Double, variance: Double, third: Double) {
    let gap = first - second
    return (
      p * first + (1 - p) * second, variance + p * (1 - p) * gap * gap,
      p * (1 - p) * (1 - 2 * p) * gap * gap * gap
    )
  }

  /// Whether both Gaussians are the same, as they are if the third moment is 0.
  package var isNormal: Bool { first == second }

  /// The mean of the Gaussian that a uniform number picks: the first below ⅓.
  package func mean(picking uniform: Double) -> Double { uniform < Self.share ? first : second }

  /// The covariance with a draw of another pair if the same uniform number picks both.
  package func pickCovariance(_ other: SkewedPair) -> Double {
    Self.share * (1 - Self.share) * (first - second) * (other.first - other.second)
  }
}

import PointClouds
import RealModule

/// Cov[x₀ | x_t] at one noisy point, with an accurate determinant.
///
/// Between two narrow components the covariance is nearly of rank one, and xx·yy − xy² is mere rounding error.
package struct PosteriorCovariance: Sendable, Hashable {
  package let matrix: SymmetricMatrix
  package let determinant: Double

  init(_ matrix: SymmetricMatrix, determinant: Double) {
    self.matrix = matrix
    self.determinant = determinant
  }

  /// A well-conditioned covariance, whose determinant is xx·yy − xy².
  package init(_ matrix: SymmetricMatrix) {
    self.init(matrix, determinant: matrix.determinant)
  }

  /// log det(V·I + b·Cov).
  func logDeterminant(scaledBy b: Double, plus v: Double) -> Double {
    // All terms are positive: nothing cancels.
    Double.log(v * v + v * b * matrix.trace + b * b * determinant)
  }
}

extension DiffusedMixture {
  /// log p_t(x) with the covariance of x₀ | x_t = x.
  func densityAndCovariance(_ x: SIMD2<Double>) -> (logDensity: Double, covariance: PosteriorCovariance) {
    let (logDensity, mean, covariance) = moments(x)
    guard covariance.determinant < Self.nearlyRankOne * covariance.xx * covariance.yy else {
      return (logDensity, PosteriorCovariance(covariance))
    }
    return (
      logDensity,
      PosteriorCovariance(
        covariance, determinant: posteriorDeterminant(x, logDensity: logDensity, mean: mean))
    )
  }

  /// The share of xx·yy below which half of the determinant's digits are lost.
  private static let nearlyRankOne = 1e-8

  /// det Σ r_k·(P_k + (m_k − m)(m_k − m)ᵀ) from a triangular factor that Givens rotations build column by column: the
  /// error of its small entry is a rounding of the large one, not of its square.
  private func posteriorDeterminant(
    _ x: SIMD2<Double>, logDensity: Double, mean: SIMD2<Double>
  ) -> Double {
    var (xx, yx, yy) = (0.0, 0.0, 0.0)
    func add(_ v: SIMD2<Double>) {
      let norm = (xx * xx + v.x * v.x).squareRoot()
      if norm > 0 {
        let (c, s) = (xx / norm, v.x / norm)
        let left = c * v.y - s * yx
        yx = c * yx + s * v.y
        xx = norm
        yy = (yy * yy + left * left).squareRoot()
      } else {
        yy = (yy * yy + v.y * v.y).squareRoot()
      }
    }
    for component in components {
      let root = Double.exp(0.5 * (logTerm(component, x) - logDensity))
      guard root > 0 else { continue }
      let own = component.cleanCovariance.semidefiniteCholesky
      add(root * SIMD2(own.xx, own.yx))
      add(root * SIMD2(0, own.yy))
      add(root * (component.posteriorMean(component.pull(x)) - mean))
    }
    return xx * xx * yy * yy
  }
}

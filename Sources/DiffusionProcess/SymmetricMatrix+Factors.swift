import RealModule

/// A lower triangular 2×2 matrix, the Cholesky factor of a covariance: L·Lᵀ = Σ.
package struct LowerTriangle: Sendable, Hashable {
  /// The entries; the upper right one is 0.
  package let xx, yx, yy: Double

  /// The matrix ((xx, 0), (yx, yy)).
  package init(xx: Double, yx: Double, yy: Double) {
    self.xx = xx
    self.yx = yx
    self.yy = yy
  }

  /// L·v: has covariance L·Lᵀ where v ~ N(0, I).
  package static func * (l: LowerTriangle, v: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(l.xx * v.x, l.yx * v.x + l.yy * v.y)
  }

  /// L⁻¹·v.
  package func solve(_ v: SIMD2<Double>) -> SIMD2<Double> {
    let x = v.x / xx
    return SIMD2(x, (v.y - yx * x) / yy)
  }

  /// L⁻ᵀ·v.
  package func solveTransposed(_ v: SIMD2<Double>) -> SIMD2<Double> {
    let y = v.y / yy
    return SIMD2((v.x - yx * y) / xx, y)
  }

  /// L·Lᵀ.
  package var product: SymmetricMatrix {
    SymmetricMatrix(xx: xx * xx, xy: xx * yx, yy: yx * yx + yy * yy)
  }

  /// log det L, half that of the covariance.
  package var logDeterminant: Double { Double.log(xx) + Double.log(yy) }

  /// ‖L⁻¹‖² in the Frobenius norm: the trace of the inverse covariance.
  package var squaredInverseNorm: Double {
    (1 + yx * yx / (yy * yy)) / (xx * xx) + 1 / (yy * yy)
  }
}

extension SymmetricMatrix {
  /// The lower triangular L with L·Lᵀ = this matrix.
  /// - Precondition: the matrix is positive definite.
  package var cholesky: LowerTriangle {
    precondition(isPositiveDefinite, "\(self) is not positive definite")
    let x = xx.squareRoot()
    let below = xy / x
    return LowerTriangle(xx: x, yx: below, yy: (yy - below * below).squareRoot())
  }

  /// The symmetric square root: R·R = this matrix.  By Cayley–Hamilton, R = (M + √det·I) / √(tr + 2√det).
  /// - Precondition: the matrix is positive semidefinite.
  package var squareRoot: SymmetricMatrix {
    precondition(xx >= 0 && yy >= 0 && determinant >= -1e-12 * xx * yy, "\(self) has no real root")
    let root = max(0, determinant).squareRoot()
    let norm = (trace + 2 * root).squareRoot()
    guard norm > 0 else { return SymmetricMatrix(isotropic: 0) }
    return (1 / norm) * (self + SymmetricMatrix(isotropic: root))
  }

  /// The eigenvalues, the larger first.
  package var eigenvalues: (Double, Double) {
    let middle = trace / 2
    let radius = (((xx - yy) / 2) * ((xx - yy) / 2) + xy * xy).squareRoot()
    return (middle + radius, middle - radius)
  }

  /// The eigenvalues of a positive definite matrix, the larger first, the smaller with all its digits.
  var positiveEigenvalues: (Double, Double) {
    let (larger, smaller) = eigenvalues
    // Where the two are far apart, the difference that makes the smaller has no digits left.
    return (larger, smaller < larger / 3 ? determinant / larger : smaller)
  }

  /// The principal axes of the ellipse of one standard deviation, each as long as its deviation, the longer first.
  /// - Precondition: the matrix is positive definite.
  var principalAxes: (SIMD2<Double>, SIMD2<Double>) {
    precondition(isPositiveDefinite, "\(self) is not positive definite")
    let angle = Double.atan2(y: 2 * xy, x: xx - yy) / 2
    let (c, s) = (Double.cos(angle), Double.sin(angle))
    let (long, short) = positiveEigenvalues
    return (long.squareRoot() * SIMD2(c, s), short.squareRoot() * SIMD2(-s, c))
  }

  /// v·vᵀ.
  package init(outer v: SIMD2<Double>) {
    self.init(xx: v.x * v.x, xy: v.x * v.y, yy: v.y * v.y)
  }

  /// The difference of two matrices.
  package static func - (a: SymmetricMatrix, b: SymmetricMatrix) -> SymmetricMatrix {
    a + (-1) * b
  }

  /// This matrix times `other`, which must commute with it: then the product is symmetric.
  package func commutingProduct(_ other: SymmetricMatrix) -> SymmetricMatrix {
    SymmetricMatrix(
      xx: xx * other.xx + xy * other.xy,
      // Both orders, so that rounding favours neither.
      xy: ((xx * other.xy + xy * other.yy) + (other.xx * xy + other.xy * yy)) / 2,
      yy: xy * other.xy + yy * other.yy)
  }

  /// M·Σ·M with this matrix as M: the covariance of M·x where x has the covariance Σ.
  package func congruence(of covariance: SymmetricMatrix) -> SymmetricMatrix {
    let rows = (
      SIMD2(xx * covariance.xx + xy * covariance.xy, xx * covariance.xy + xy * covariance.yy),
      SIMD2(xy * covariance.xx + yy * covariance.xy, xy * covariance.xy + yy * covariance.yy)
    )
    let (first, second) = (SIMD2(xx, xy), SIMD2(xy, yy))
    return SymmetricMatrix(
      xx: (rows.0 * first).sum(), xy: (rows.0 * second).sum(), yy: (rows.1 * second).sum())
  }

  /// tr(A·B), the sum of the products of all entries.
  package func traceOfProduct(_ other: SymmetricMatrix) -> Double {
    xx * other.xx + 2 * xy * other.xy + yy * other.yy
  }

  /// The lower triangular L with L·Lᵀ = this matrix, with zeros where it is singular: for drawing from, not for
  /// dividing by.
  /// - Precondition: the matrix is positive semidefinite.
  package var semidefiniteCholesky: LowerTriangle {
    precondition(xx >= 0 && yy >= 0, "\(self) is no covariance")
    guard xx > 0 else { return LowerTriangle(xx: 0, yx: 0, yy: yy.squareRoot()) }
    let x = xx.squareRoot()
    let below = xy / x
    return LowerTriangle(xx: x, yx: below, yy: max(0, yy - below * below).squareRoot())
  }
}

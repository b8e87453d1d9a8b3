/// A lower triangular 2×2 matrix, the Cholesky factor of a covariance: L·Lᵀ = Σ.
///
/// Public for the same reason as ``SymmetricMatrix``.
public struct LowerTriangle: Sendable, Hashable {
  /// The entries; the upper right one is 0.
  public let xx, yx, yy: Double

  /// The matrix ((xx, 0), (yx, yy)).
  @inlinable
  public init(xx: Double, yx: Double, yy: Double) {
    self.xx = xx
    self.yx = yx
    self.yy = yy
  }

  /// L·v: has covariance L·Lᵀ where v ~ N(0, I).
  @inlinable
  public static func * (l: LowerTriangle, v: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(l.xx * v.x, l.yx * v.x + l.yy * v.y)
  }

  /// L⁻¹·v.
  @inlinable
  public func solve(_ v: SIMD2<Double>) -> SIMD2<Double> {
    let x = v.x / xx
    return SIMD2(x, (v.y - yx * x) / yy)
  }

  /// L⁻ᵀ·v.
  @inlinable
  public func solveTransposed(_ v: SIMD2<Double>) -> SIMD2<Double> {
    let y = v.y / yy
    return SIMD2((v.x - yx * y) / xx, y)
  }

  /// L·Lᵀ.
  @inlinable
  public var product: SymmetricMatrix {
    SymmetricMatrix(xx: xx * xx, xy: xx * yx, yy: yx * yx + yy * yy)
  }
}

extension SymmetricMatrix {
  /// The lower triangular L with L·Lᵀ = this matrix.
  /// - Precondition: the matrix is positive definite.
  @inlinable
  public var cholesky: LowerTriangle {
    precondition(isPositiveDefinite, "\(self) is not positive definite")
    let x = xx.squareRoot()
    let below = xy / x
    return LowerTriangle(xx: x, yx: below, yy: (yy - below * below).squareRoot())
  }

  /// The lower triangular L with L·Lᵀ = this matrix, with zeros where it is singular: for drawing from, not for
  /// dividing by.
  /// - Precondition: the matrix is positive semidefinite.
  @inlinable
  public var semidefiniteCholesky: LowerTriangle {
    precondition(xx >= 0 && yy >= 0, "\(self) is no covariance")
    guard xx > 0 else { return LowerTriangle(xx: 0, yx: 0, yy: yy.squareRoot()) }
    let x = xx.squareRoot()
    let below = xy / x
    return LowerTriangle(xx: x, yx: below, yy: max(0, yy - below * below).squareRoot())
  }

  /// The eigenvalues, the larger first.
  public var eigenvalues: (Double, Double) {
    let middle = trace / 2
    let radius = (((xx - yy) / 2) * ((xx - yy) / 2) + xy * xy).squareRoot()
    return (middle + radius, middle - radius)
  }

  /// The eigenvalues of a positive definite matrix, the larger first, the smaller with all its digits.
  package var positiveEigenvalues: (Double, Double) {
    let (larger, smaller) = eigenvalues
    // Where the two are far apart, the difference that makes the smaller has no digits left.
    return (larger, smaller < larger / 3 ? determinant / larger : smaller)
  }
}

import RealModule

/// A lower triangular 2×2 matrix, the Cholesky factor of a covariance: L·Lᵀ = Σ.
public struct LowerTriangle: Sendable, Hashable {
  /// The entries; the upper right one is 0.
  public let xx, yx, yy: Double

  /// The matrix ((xx, 0), (yx, yy)).
  public init(xx: Double, yx: Double, yy: Double) {
    self.xx = xx
    self.yx = yx
    self.yy = yy
  }

  /// L·v: has covariance L·Lᵀ where v ~ N(0, I).
  public static func * (l: LowerTriangle, v: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(l.xx * v.x, l.yx * v.x + l.yy * v.y)
  }

  /// L⁻¹·v.
  public func solve(_ v: SIMD2<Double>) -> SIMD2<Double> {
    let x = v.x / xx
    return SIMD2(x, (v.y - yx * x) / yy)
  }

  /// L·Lᵀ.
  public var product: SymmetricMatrix {
    SymmetricMatrix(xx: xx * xx, xy: xx * yx, yy: yx * yx + yy * yy)
  }

  /// log det L, half that of the covariance.
  public var logDeterminant: Double { Double.log(xx) + Double.log(yy) }

  /// ‖L⁻¹‖² in the Frobenius norm: the trace of the inverse covariance.
  public var squaredInverseNorm: Double {
    (1 + yx * yx / (yy * yy)) / (xx * xx) + 1 / (yy * yy)
  }
}

extension SymmetricMatrix {
  /// The lower triangular L with L·Lᵀ = this matrix.
  /// - Precondition: the matrix is positive definite.
  public var cholesky: LowerTriangle {
    precondition(isPositiveDefinite, "\(self) is not positive definite")
    let x = xx.squareRoot()
    let below = xy / x
    return LowerTriangle(xx: x, yx: below, yy: (yy - below * below).squareRoot())
  }

  /// The symmetric square root: R·R = this matrix.  By Cayley–Hamilton, R = (M + √det·I) / √(tr + 2√det).
  /// - Precondition: the matrix is positive semidefinite.
  public var squareRoot: SymmetricMatrix {
    precondition(xx >= 0 && yy >= 0 && determinant >= -1e-12 * xx * yy, "\(self) has no real root")
    let root = max(0, determinant).squareRoot()
    let norm = (trace + 2 * root).squareRoot()
    guard norm > 0 else { return SymmetricMatrix(isotropic: 0) }
    return (1 / norm) * (self + SymmetricMatrix(isotropic: root))
  }

  /// The eigenvalues, the larger first.
  public var eigenvalues: (Double, Double) {
    let middle = trace / 2
    let radius = (((xx - yy) / 2) * ((xx - yy) / 2) + xy * xy).squareRoot()
    return (middle + radius, middle - radius)
  }

  /// v·vᵀ.
  public init(outer v: SIMD2<Double>) {
    self.init(xx: v.x * v.x, xy: v.x * v.y, yy: v.y * v.y)
  }

  /// The difference of two matrices.
  public static func - (a: SymmetricMatrix, b: SymmetricMatrix) -> SymmetricMatrix {
    a + (-1) * b
  }
}

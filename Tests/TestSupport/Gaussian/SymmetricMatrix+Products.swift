import PointClouds

extension SymmetricMatrix {
  /// The symmetric square root: R·R = this matrix.  By Cayley–Hamilton, R = (M + √det·I) / √(tr + 2√det).
  /// - Precondition: the matrix is positive semidefinite.
  package var squareRoot: SymmetricMatrix {
    precondition(xx >= 0 && yy >= 0 && determinant >= -1e-12 * xx * yy, "\(self) has no real root")
    let root = max(0, determinant).squareRoot()
    let norm = (trace + 2 * root).squareRoot()
    guard norm > 0 else { return SymmetricMatrix(isotropic: 0) }
    return (1 / norm) * (self + SymmetricMatrix(isotropic: root))
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
}

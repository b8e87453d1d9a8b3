import RealModule

/// A symmetric 2×2 matrix: a covariance, its inverse, a Hessian.
package struct SymmetricMatrix: Sendable, Hashable {
  /// The entries; the lower left one equals the upper right one.
  package var xx, xy, yy: Double

  /// The matrix ((xx, xy), (xy, yy)).
  package init(xx: Double, xy: Double, yy: Double) {
    self.xx = xx
    self.xy = xy
    self.yy = yy
  }

  /// `variance` times the identity.
  package init(isotropic variance: Double) {
    self.init(xx: variance, xy: 0, yy: variance)
  }

  /// The sum of the diagonal.
  package var trace: Double { xx + yy }

  /// The determinant.
  package var determinant: Double { xx * yy - xy * xy }

  /// Whether both eigenvalues are positive and finite.
  package var isPositiveDefinite: Bool {
    xx > 0 && yy > 0 && determinant > 0 && (xx + yy + xy).isFinite
  }

  /// The inverse.
  /// - Precondition: the determinant is not 0.
  package var inverse: SymmetricMatrix {
    let d = determinant
    precondition(d != 0, "\(self) has no inverse")
    return SymmetricMatrix(xx: yy / d, xy: -xy / d, yy: xx / d)
  }

  /// The sum of two matrices.
  package static func + (a: SymmetricMatrix, b: SymmetricMatrix) -> SymmetricMatrix {
    SymmetricMatrix(xx: a.xx + b.xx, xy: a.xy + b.xy, yy: a.yy + b.yy)
  }

  /// The matrix scaled by a number.
  package static func * (factor: Double, m: SymmetricMatrix) -> SymmetricMatrix {
    SymmetricMatrix(xx: factor * m.xx, xy: factor * m.xy, yy: factor * m.yy)
  }

  /// The image of a vector.
  package static func * (m: SymmetricMatrix, v: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(m.xx * v.x + m.xy * v.y, m.xy * v.x + m.yy * v.y)
  }

  /// vᵀ M v.
  package func quadraticForm(_ v: SIMD2<Double>) -> Double {
    xx * v.x * v.x + 2 * xy * v.x * v.y + yy * v.y * v.y
  }
}

/// A symmetric 2×2 matrix: a covariance, its inverse, a Hessian.
///
/// It is public because only public functions are inlined into other modules, where the exact oracles call its
/// arithmetic for every component of every point.
public struct SymmetricMatrix: Sendable, Hashable {
  /// The entries; the lower left one equals the upper right one.
  public var xx, xy, yy: Double

  /// The matrix ((xx, xy), (xy, yy)).
  @inlinable
  public init(xx: Double, xy: Double, yy: Double) {
    self.xx = xx
    self.xy = xy
    self.yy = yy
  }

  /// `variance` times the identity.
  @inlinable
  public init(isotropic variance: Double) {
    self.init(xx: variance, xy: 0, yy: variance)
  }

  /// The sum of the diagonal.
  @inlinable
  public var trace: Double { xx + yy }

  /// The determinant.
  @inlinable
  public var determinant: Double { xx * yy - xy * xy }

  /// Whether both eigenvalues are positive and finite.
  @inlinable
  public var isPositiveDefinite: Bool {
    xx > 0 && yy > 0 && determinant > 0 && (xx + yy + xy).isFinite
  }

  /// The inverse.
  /// - Precondition: the determinant is not 0.
  @inlinable
  public var inverse: SymmetricMatrix {
    let d = determinant
    precondition(d != 0, "\(self) has no inverse")
    return SymmetricMatrix(xx: yy / d, xy: -xy / d, yy: xx / d)
  }

  /// The sum of two matrices.
  @inlinable
  public static func + (a: SymmetricMatrix, b: SymmetricMatrix) -> SymmetricMatrix {
    SymmetricMatrix(xx: a.xx + b.xx, xy: a.xy + b.xy, yy: a.yy + b.yy)
  }

  /// The difference of two matrices.
  @inlinable
  public static func - (a: SymmetricMatrix, b: SymmetricMatrix) -> SymmetricMatrix {
    a + (-1) * b
  }

  /// The matrix scaled by a number.
  @inlinable
  public static func * (factor: Double, m: SymmetricMatrix) -> SymmetricMatrix {
    SymmetricMatrix(xx: factor * m.xx, xy: factor * m.xy, yy: factor * m.yy)
  }

  /// The image of a vector.
  @inlinable
  public static func * (m: SymmetricMatrix, v: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(m.xx * v.x + m.xy * v.y, m.xy * v.x + m.yy * v.y)
  }

  /// v·vᵀ.
  @inlinable
  public init(outer v: SIMD2<Double>) {
    self.init(xx: v.x * v.x, xy: v.x * v.y, yy: v.y * v.y)
  }

  /// vᵀ M v.
  @inlinable
  public func quadraticForm(_ v: SIMD2<Double>) -> Double {
    xx * v.x * v.x + 2 * xy * v.x * v.y + yy * v.y * v.y
  }
}

extension SymmetricMatrix: Decodable {
  /// Reads `[[xx, xy], [xy, yy]]`.
  /// - Throws: `InvalidMixture` if the rows are not 2×2 or not symmetric.
  public init(from decoder: any Decoder) throws {
    let rows = try decoder.singleValueContainer().decode([[Double]].self)
    guard rows.count == 2, rows[0].count == 2, rows[1].count == 2 else {
      throw InvalidMixture(problem: "the covariance \(rows) is not 2 × 2")
    }
    let (xy, yx) = (rows[0][1], rows[1][0])
    guard (xy - yx).magnitude <= 1e-9 * max(xy.magnitude, yx.magnitude) else {
      throw InvalidMixture(problem: "the covariance \(rows) is not symmetric")
    }
    self.init(xx: rows[0][0], xy: xy, yy: rows[1][1])
  }
}

/// A symmetric positive definite 2×2 matrix.
package struct Covariance: Sendable, Hashable {
  /// The variance of the first coordinate.
  package let xx: Double
  /// The covariance of the two coordinates.
  package let xy: Double
  /// The variance of the second coordinate.
  package let yy: Double

  /// The matrix [[xx, xy], [xy, yy]].
  /// - Precondition: it is finite and positive definite.
  package init(xx: Double, xy: Double, yy: Double) {
    let problem = Covariance.problem(xx: xx, xy: xy, yy: yy)
    precondition(problem == nil, problem ?? "")
    self.xx = xx
    self.xy = xy
    self.yy = yy
  }

  /// The covariance of two independent coordinates of one standard deviation.
  package init(std: Double) {
    self.init(xx: std * std, xy: 0, yy: std * std)
  }

  /// xx · yy − xy², positive.
  package var determinant: Double { xx * yy - xy * xy }

  /// The standard deviations along the longest and the shortest axis of the ellipse.
  var deviations: (longest: Double, shortest: Double) {
    let (middle, difference) = ((xx + yy) / 2, (xx - yy) / 2)
    let larger = middle + (difference * difference + xy * xy).squareRoot()
    // Not as a difference, which has no digits left where the axes are far from equal.
    return (larger.squareRoot(), (determinant / larger).squareRoot())
  }

  /// The lower triangular L with L·Lᵀ = this matrix: L · z has this covariance for z ~ N(0, I).
  package var cholesky: (xx: Double, yx: Double, yy: Double) {
    let first = xx.squareRoot()
    let below = xy / first
    return (first, below, (yy - below * below).squareRoot())
  }

  /// Why these numbers make no covariance, or `nil` where they make one.
  static func problem(xx: Double, xy: Double, yy: Double) -> String? {
    let matrix = "[[\(xx), \(xy)], [\(xy), \(yy)]]"
    guard xx.isFinite, xy.isFinite, yy.isFinite else {
      return "the covariance \(matrix) is not finite"
    }
    // A correlation within rounding of ±1 has no Cholesky factor to compute with.
    guard xx >= 1e-100, yy >= 1e-100, xx <= 1e100, yy <= 1e100,
      xy * xy <= (1 - 1e-12) * xx * yy
    else { return "the covariance \(matrix) is not positive definite" }
    return nil
  }
}

extension Covariance: Codable {
  /// Reads `[[xx, xy], [xy, yy]]`.
  /// - Throws: ``InvalidMixture`` where the matrix is not 2×2, not symmetric or not positive definite.
  package init(from decoder: any Decoder) throws {
    let rows = try decoder.singleValueContainer().decode([[Double]].self)
    guard rows.count == 2, rows[0].count == 2, rows[1].count == 2 else {
      throw InvalidMixture(problem: "the covariance \(rows) is not 2 × 2")
    }
    let (xy, yx) = (rows[0][1], rows[1][0])
    guard (xy - yx).magnitude <= 1e-9 * max(xy.magnitude, yx.magnitude) else {
      throw InvalidMixture(problem: "the covariance \(rows) is not symmetric")
    }
    if let problem = Covariance.problem(xx: rows[0][0], xy: xy, yy: rows[1][1]) {
      throw InvalidMixture(problem: problem)
    }
    self.init(xx: rows[0][0], xy: xy, yy: rows[1][1])
  }

  /// Writes `[[xx, xy], [xy, yy]]`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode([[xx, xy], [xy, yy]])
  }
}

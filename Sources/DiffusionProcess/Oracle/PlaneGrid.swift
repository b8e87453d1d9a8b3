import PointClouds
import RealModule

/// A uniform grid over eight standard deviations around every component of a noisy mixture, spaced by a quarter of the
/// narrowest standard deviation.
struct PlaneGrid {
  private let low: SIMD2<Double>
  private let spacing: Double
  private let extent: SIMD2<Double>

  init(around mixture: GaussianMixture, at level: NoiseLevel) {
    var low = SIMD2(repeating: Double.infinity)
    var high = -low
    var narrowest = Double.infinity
    for component in mixture.components {
      let c =
        (level.signal * level.signal) * component.covariance
        + SymmetricMatrix(isotropic: level.noise * level.noise)
      let reach = 8 * SIMD2(c.xx.squareRoot(), c.yy.squareRoot())
      low = pointwiseMin(low, level.signal * component.mean - reach)
      high = pointwiseMax(high, level.signal * component.mean + reach)
      narrowest = min(narrowest, c.positiveEigenvalues.1.squareRoot())
    }
    self.low = low
    extent = high - low
    spacing = narrowest / 4
  }

  /// The approximate number of nodes; infinite if it exceeds a Double.
  var nodes: Double { (extent.x / spacing + 2) * (extent.y / spacing + 2) }

  /// The log density below which a node is negligible: 3e-20 of the integral, below the rounding of the sum.
  var leastLogDensity: Double { -45 - max(0, Double.log(extent.x * extent.y)) }

  /// The integral by the trapezoidal rule.
  ///
  /// The error is estimated by the rule on every second node: halving h squares an error that falls exponentially in
  /// 1/h.
  /// - Precondition: ``nodes`` is the value of an `Int`.
  /// - Complexity: O(``nodes``).
  func integral(_ f: (SIMD2<Double>) -> SIMD4<Double>) -> QuadratureEstimate {
    let columns = Int((extent.x / spacing).rounded(.up))
    let rows = Int((extent.y / spacing).rounded(.up))
    var total = SIMD4<Double>.zero
    var (coarse, magnitude) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
    for row in 0...rows {
      for column in 0...columns {
        let value = f(low + spacing * SIMD2(Double(column), Double(row)))
        total += value
        magnitude += value.magnitudes
        if row.isMultiple(of: 2) && column.isMultiple(of: 2) { coarse += value }
      }
    }
    let area = spacing * spacing
    let scale = (area * magnitude).replacing(with: 1, where: magnitude .== .zero)
    let relative = area * (total - 4 * coarse).magnitudes / scale
    return QuadratureEstimate(
      values: total * area,
      errors: scale * pointwiseMax(relative * relative, SIMD4(repeating: Double.ulpOfOne)),
      evaluations: (rows + 1) * (columns + 1))
  }
}

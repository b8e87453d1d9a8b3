import PointClouds
import RealModule

/// A Gaussian mixture at one noise level: p_t = Σ w_k N(a μ_k, C_k), C_k = a² S_k + s² I.
/// Equations section 10
package struct DiffusedMixture: Sendable {
  struct Component: Sendable {
    let logFactor: Double  // log w_k − log 2π − ½ log det C_k
    let mean: SIMD2<Double>  // a μ_k
    let covariance: SymmetricMatrix  // C_k
    let precision: SymmetricMatrix  // C_k⁻¹
    let factor: LowerTriangle?  // L with L·Lᵀ = C_k, where C_k⁻¹ would lose the digits that L keeps
    let cleanMean: SIMD2<Double>  // μ_k
    let scaledCovariance: SymmetricMatrix  // a S_k
    let cleanCovariance: SymmetricMatrix  // P_k = Cov[x₀ | x_t, k]
  }

  package let level: NoiseLevel
  let components: [Component]

  init(_ mixture: GaussianMixture, level: NoiseLevel) {
    self.level = level
    let a = level.signal
    let noise = SymmetricMatrix(isotropic: level.noise * level.noise)
    components = mixture.components.map { component in
      let s = component.covariance
      let c = a * a * s + noise
      let precision = c.inverse
      return Component(
        logFactor: Double.log(component.weight) - Double.log(2 * .pi) - 0.5 * Double.log(c.determinant),
        mean: a * component.mean, covariance: c, precision: precision,
        factor: c.determinant < Self.nearlySingular * c.xx * c.yy ? c.cholesky : nil,
        cleanMean: component.mean,
        scaledCovariance: a * s,
        // s²·S·C⁻¹; S and C commute, so the product is symmetric.
        cleanCovariance: (level.noise * level.noise)
          * SymmetricMatrix(
            xx: s.xx * precision.xx + s.xy * precision.xy, xy: s.xx * precision.xy + s.xy * precision.yy,
            yy: s.xy * precision.xy + s.yy * precision.yy))
    }
  }

  /// Some of the components, whose weights need not sum to 1, in coordinates around the clean point `origin`: a
  /// noisy point x becomes x − a·origin. Close to a narrow component these coordinates have more digits.
  func part(_ components: [Component], around origin: SIMD2<Double>) -> DiffusedMixture {
    DiffusedMixture(
      level: level,
      components: components.map {
        Component(
          logFactor: $0.logFactor, mean: level.signal * ($0.cleanMean - origin), covariance: $0.covariance,
          precision: $0.precision, factor: $0.factor, cleanMean: $0.cleanMean - origin,
          scaledCovariance: $0.scaledCovariance, cleanCovariance: $0.cleanCovariance)
      })
  }

  private init(level: NoiseLevel, components: [Component]) {
    self.level = level
    self.components = components
  }

  /// The 1 − ρ² below which differences of the precision's terms lose three digits or more.
  private static let nearlySingular = 1e-3

  /// log p_t(x) in nats, by log-sum-exp, so finite however far x is from the data.
  package func logDensity(_ x: SIMD2<Double>) -> Double {
    var largest = -Double.infinity
    for component in components { largest = max(largest, logTerm(component, x)) }
    var sum = 0.0
    for component in components { sum += Double.exp(logTerm(component, x) - largest) }
    return largest + Double.log(sum)
  }

  /// The posterior weight r_k(x) of every component.  Equations (10.1)
  package func responsibilities(_ x: SIMD2<Double>) -> [Double] {
    let total = logDensity(x)
    return components.map { Double.exp(logTerm($0, x) - total) }
  }

  /// ∇ log p_t(x) = Σ r_k q_k with q_k = −C_k⁻¹ (x − a μ_k).  Equations (10.2)
  package func score(_ x: SIMD2<Double>) -> SIMD2<Double> {
    average(x) { _, pull in pull }
  }

  /// E[x₀ | x_t = x] = Σ r_k m_k, well defined even where the signal is 0.  Equations (10.3)
  package func posteriorMean(_ x: SIMD2<Double>) -> SIMD2<Double> {
    average(x) { component, pull in component.posteriorMean(pull) }
  }

  func logTerm(_ component: Component, _ x: SIMD2<Double>) -> Double {
    component.logFactor - 0.5 * component.squaredLength(x - component.mean)
  }

  /// Σ r_k value(k, q_k).
  @inline(__always)
  private func average(
    _ x: SIMD2<Double>, _ value: (Component, SIMD2<Double>) -> SIMD2<Double>
  ) -> SIMD2<Double> {
    var largest = -Double.infinity
    for component in components { largest = max(largest, logTerm(component, x)) }
    var sum = 0.0
    var total = SIMD2<Double>.zero
    for component in components {
      let weight = Double.exp(logTerm(component, x) - largest)
      sum += weight
      total += weight * value(component, component.pull(x))
    }
    return total / sum
  }
}

extension DiffusedMixture.Component {
  /// q_k = −C_k⁻¹ (x − a μ_k), the score of this component alone.
  func pull(_ x: SIMD2<Double>) -> SIMD2<Double> {
    if let factor { return -1 * factor.solveTransposed(factor.solve(x - mean)) }
    return -1 * (precision * (x - mean))
  }

  /// m_k = μ_k + a S_k C_k⁻¹ (x − a μ_k), the posterior mean given this component.
  func posteriorMean(_ pull: SIMD2<Double>) -> SIMD2<Double> { cleanMean - scaledCovariance * pull }

  /// vᵀ·C_k⁻¹·v, the squared length of a vector in standard deviations.
  func squaredLength(_ v: SIMD2<Double>) -> Double {
    guard let factor else { return precision.quadraticForm(v) }
    let w = factor.solve(v)
    return (w * w).sum()
  }
}

import RealModule

extension GaussianMixture: ExactDenoiser {
  /// E[f(x_t)] over the noisy density p_t, by the trapezoidal rule on a grid.
  ///
  /// The rule converges exponentially in σ/h, with h the spacing and σ the narrowest standard deviation of
  /// p_t, but responsibilities turn over between components faster than any Gaussian: at h = σ/2 the mean
  /// posterior covariance of three overlapping Gaussians is right to 1e-6, at the h = σ/4 that is used to
  /// 1e-10. The grid spans eight standard deviations around every component.
  /// - Complexity: O((range / σ)² × components).
  public func expectation(
    at level: NoiseLevel, of f: (DiffusedMixture, SIMD2<Double>) -> Double
  ) -> Double {
    integral(at: level) { mixture, x in
      let logDensity = mixture.logDensity(x)
      guard logDensity > Self.negligible else { return .zero }
      return SIMD4(Double.exp(logDensity) * f(mixture, x), 0, 0, 0)
    }.x
  }

  /// E[f(Cov[x₀ | x_t])] by the rule of ``expectation(at:of:)``.
  public func posteriorExpectation(
    at level: NoiseLevel, of f: (SymmetricMatrix) -> SIMD4<Double>
  ) -> SIMD4<Double> {
    integral(at: level) { mixture, x in
      let moments = mixture.moments(x)
      guard moments.logDensity > Self.negligible else { return .zero }
      return Double.exp(moments.logDensity) * f(moments.covariance)
    }
  }

  /// H(p_t) = −E[log p_t] in nats: of the data themselves where the level is clean.
  public func entropy(at level: NoiseLevel = .clean) -> Double {
    expectation(at: level) { mixture, x in -mixture.logDensity(x) }
  }

  /// A log density that adds nothing: 3e-20, below the rounding of the sum.
  private static let negligible = -45.0

  /// The integral over the plane.
  private func integral(
    at level: NoiseLevel, _ f: (DiffusedMixture, SIMD2<Double>) -> SIMD4<Double>
  ) -> SIMD4<Double> {
    let diffused = diffused(to: level)
    var low = SIMD2(repeating: Double.infinity)
    var high = -low
    var narrowest = Double.infinity
    for component in components {
      let c =
        (level.signal * level.signal) * component.covariance
        + SymmetricMatrix(isotropic: level.noise * level.noise)
      let reach = 8 * SIMD2(c.xx.squareRoot(), c.yy.squareRoot())
      low = pointwiseMin(low, level.signal * component.mean - reach)
      high = pointwiseMax(high, level.signal * component.mean + reach)
      narrowest = min(narrowest, c.eigenvalues.1.squareRoot())
    }
    let h = narrowest / 4
    let columns = Int(((high.x - low.x) / h).rounded(.up))
    let rows = Int(((high.y - low.y) / h).rounded(.up))
    var total = SIMD4<Double>.zero
    for row in 0...rows {
      for column in 0...columns {
        total += f(diffused, low + h * SIMD2(Double(column), Double(row)))
      }
    }
    return total * (h * h)
  }
}

import RealModule

extension GaussianMixture {
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
    var total = 0.0
    for row in 0...rows {
      for column in 0...columns {
        let x = low + h * SIMD2(Double(column), Double(row))
        let logDensity = diffused.logDensity(x)
        guard logDensity > -45 else { continue }  // 3e-20: below the rounding of the sum
        total += Double.exp(logDensity) * f(diffused, x)
      }
    }
    return total * h * h
  }

  /// H(p_t) = −E[log p_t] in nats: of the data themselves where the level is clean.
  public func entropy(at level: NoiseLevel = .clean) -> Double {
    expectation(at: level) { mixture, x in -mixture.logDensity(x) }
  }

  /// E tr Cov[x₀ | x_t], the mean squared error of the exact denoiser, summed over coordinates.
  public func denoisingError(at level: NoiseLevel) -> Double {
    expectation(at: level) { mixture, x in mixture.posteriorCovariance(x).trace }
  }

  /// The smallest mean squared error, a coordinate, with which ε can be predicted.  EQUATIONS (13.3)
  /// - Precondition: the level has noise.
  public func irreducibleNoiseError(at level: NoiseLevel) -> Double {
    level.snr * denoisingError(at: level) / 2
  }

  /// v* = V + B²/d · E tr Cov[x₀ | x_t], the best isotropic variance of a reverse step.  EQUATIONS (10.10)
  public func optimalVariance(from source: NoiseLevel, to target: NoiseLevel) -> Double {
    let step = ReversePosterior(from: source, to: target)
    let b = step.cleanCoefficient
    return step.variance + b * b * denoisingError(at: source) / 2
  }
}

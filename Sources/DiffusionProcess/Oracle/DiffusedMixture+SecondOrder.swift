import PointClouds
import RealModule

extension DiffusedMixture {
  /// Cov[x₀ | x_t = x].  Equations (10.5)
  package func posteriorCovariance(_ x: SIMD2<Double>) -> SymmetricMatrix { moments(x).covariance }

  /// log p_t(x) with the mean and the covariance of x₀ | x_t = x, in one pass over the components.
  func moments(
    _ x: SIMD2<Double>
  ) -> (logDensity: Double, mean: SIMD2<Double>, covariance: SymmetricMatrix) {
    var largest = -Double.infinity
    for component in components { largest = max(largest, logTerm(component, x)) }
    var total = 0.0
    var mean = SIMD2<Double>.zero
    var spread = SymmetricMatrix(isotropic: 0)
    for component in components {
      let weight = Double.exp(logTerm(component, x) - largest)
      guard weight > 0 else { continue }
      // Welford's update: spread about the running mean, without cancellation far from the origin.
      total += weight
      let clean = component.posteriorMean(component.pull(x))
      let offset = clean - mean
      mean += (weight / total) * offset
      let share = weight * (1 - weight / total)
      spread = spread + weight * component.cleanCovariance + share * SymmetricMatrix(outer: offset)
    }
    return (largest + Double.log(total), mean, (1 / total) * spread)
  }
}

extension GaussianMixture: CovarianceDenoiser {
  /// Cov[x₀ | x_t] of every point.  Equations (10.5)
  public func covariance(_ noisy: PointCloud, at level: NoiseLevel) -> [SymmetricMatrix] {
    let mixture = diffused(to: level)
    return noisy.points.map { mixture.posteriorCovariance($0) }
  }

  public var mean: SIMD2<Double> {
    components.reduce(.zero) { $0 + $1.weight * $1.mean }
  }

  public var covariance: SymmetricMatrix {
    let mean = mean
    return components.reduce(SymmetricMatrix(isotropic: 0)) {
      $0 + $1.weight * ($1.covariance + SymmetricMatrix(outer: $1.mean - mean))
    }
  }
}

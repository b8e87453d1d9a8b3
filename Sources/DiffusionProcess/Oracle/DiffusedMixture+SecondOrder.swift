import PointClouds
import RealModule

extension DiffusedMixture {
  /// ∇² log p_t(x).  Equations (10.2)
  package func hessian(_ x: SIMD2<Double>) -> SymmetricMatrix {
    var total = SymmetricMatrix(isotropic: 0)
    var mean = SIMD2<Double>.zero
    for (r, component) in zip(responsibilities(x), components) {
      let pull = component.pull(x)
      mean += r * pull
      total = total + r * (SymmetricMatrix(outer: pull) - component.precision)
    }
    return total - SymmetricMatrix(outer: mean)
  }

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
      // Welford's update: spread about the running mean, no cancellation far from the origin.
      total += weight
      let clean = component.posteriorMean(component.pull(x))
      let offset = clean - mean
      mean += (weight / total) * offset
      let share = weight * (1 - weight / total)
      spread = spread + weight * component.cleanCovariance + share * SymmetricMatrix(outer: offset)
    }
    return (largest + Double.log(total), mean, (1 / total) * spread)
  }

  /// The posterior of the clean point, x₀ | x_t = x, itself a mixture.  Equations (10.3)
  package func posterior(_ x: SIMD2<Double>) -> GaussianMixture {
    GaussianMixture(
      zip(responsibilities(x), components).filter { $0.0 > 0 }.map { r, component in
        GaussianMixture.Component(
          weight: r, mean: component.posteriorMean(component.pull(x)), covariance: component.cleanCovariance)
      })
  }

  /// The exact reverse transition q(x_s | x_t = x) = Σ r_k N(A·x + B·m_k, V·I + B²·P_k).  Equations (10.8)
  ///
  /// Drawing from it step by step is an exact sampler.
  package func reverseTransition(_ x: SIMD2<Double>, to target: NoiseLevel) -> GaussianMixture {
    let step = ReversePosterior(from: level, to: target)
    let b = step.cleanCoefficient
    return GaussianMixture(
      zip(responsibilities(x), components).filter { $0.0 > 0 }.map { r, component in
        GaussianMixture.Component(
          weight: r,
          mean: step.mean(noisy: x, clean: component.posteriorMean(component.pull(x))),
          covariance: SymmetricMatrix(isotropic: step.variance) + (b * b) * component.cleanCovariance)
      })
  }

  /// E[εᵏ | x_t = x] of each coordinate for k = 1, 2, 3.  Equations (10.7)
  /// - Precondition: the level has noise.
  package func noiseMoments(_ x: SIMD2<Double>) -> (SIMD2<Double>, SIMD2<Double>, SIMD2<Double>) {
    precondition(level.noise > 0, "at noise 0 there is no noise to have moments")
    var first = SIMD2<Double>.zero
    var second = SIMD2<Double>.zero
    var third = SIMD2<Double>.zero
    let ratio = level.signal / level.noise
    for (r, component) in zip(responsibilities(x), components) {
      let e = (x - level.signal * component.posteriorMean(component.pull(x))) / level.noise
      let omega = ratio * ratio * SIMD2(component.cleanCovariance.xx, component.cleanCovariance.yy)
      first += r * e
      second += r * (e * e + omega)
      third += r * (e * e * e + 3 * e * omega)
    }
    return (first, second, third)
  }
}

extension GaussianMixture: CovarianceDenoiser {
  /// Cov[x₀ | x_t] of every point.  Equations (10.5)
  package func covariance(_ noisy: PointCloud, at level: NoiseLevel) -> [SymmetricMatrix] {
    let mixture = diffused(to: level)
    return noisy.points.map { mixture.posteriorCovariance($0) }
  }

  /// The mean of the data.
  package var mean: SIMD2<Double> {
    components.reduce(.zero) { $0 + $1.weight * $1.mean }
  }

  /// The covariance of the data.
  package var covariance: SymmetricMatrix {
    let mean = mean
    return components.reduce(SymmetricMatrix(isotropic: 0)) {
      $0 + $1.weight * ($1.covariance + SymmetricMatrix(outer: $1.mean - mean))
    }
  }
}

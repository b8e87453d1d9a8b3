import PointClouds
import RealModule

/// A denoiser that also knows the variance and the third central moment of each coordinate of x₀ given x_t, for the
/// Gaussian mixture solver.
package protocol MomentDenoiser: Denoiser {
  /// The moments of x₀ | x_t of every noisy point.
  func moments(_ noisy: PointCloud, at level: NoiseLevel) -> [ElementwiseMoments]
  /// Whether it does: a network only if it was trained for them.
  var knowsMoments: Bool { get }
}

extension MomentDenoiser {
  package var knowsMoments: Bool { true }

  /// The moments of the exact reverse step x_s | x_t of every noisy point.  Equations (7.17)
  package func reverseMoments(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel
  ) -> [ElementwiseMoments] {
    let posterior = ReversePosterior(from: source, to: target)
    return zip(noisy.points, moments(noisy, at: source)).map { x, clean in
      clean.reverseStep(posterior, noisy: x)
    }
  }
}

extension DiffusedMixture {
  /// The exact moments of each coordinate of x₀ | x_t = x.  Equations (10.3), (10.7)
  /// - Complexity: O(components), twice.
  package func elementwiseMoments(_ x: SIMD2<Double>) -> ElementwiseMoments {
    let mean = posteriorMean(x)
    let total = logDensity(x)
    var variance = SIMD2<Double>.zero
    var third = SIMD2<Double>.zero
    for component in components {
      let weight = Double.exp(logTerm(component, x) - total)
      guard weight > 0 else { continue }
      let offset = component.posteriorMean(component.pull(x)) - mean
      let own = SIMD2(component.cleanCovariance.xx, component.cleanCovariance.yy)
      variance += weight * (offset * offset + own)
      third += weight * offset * (offset * offset + 3 * own)
    }
    return ElementwiseMoments(mean: mean, variance: variance, third: third)
  }
}

extension GaussianMixture: MomentDenoiser {
  /// - Complexity: O(points × components).
  package func moments(_ noisy: PointCloud, at level: NoiseLevel) -> [ElementwiseMoments] {
    let mixture = diffused(to: level)
    return noisy.points.map { mixture.elementwiseMoments($0) }
  }
}

extension PointSetOracle: MomentDenoiser {
  /// The moments of the set's points, each weighted by its posterior probability given x_t.
  /// - Precondition: the level has noise.
  /// - Complexity: O(points × points of the set).
  package func moments(_ noisy: PointCloud, at level: NoiseLevel) -> [ElementwiseMoments] {
    noisy.points.map { x in
      let weights = weights(x, at: level)
      let mean = zip(weights, data.points).reduce(SIMD2<Double>.zero) { $0 + $1.0 * $1.1 }
      var variance = SIMD2<Double>.zero
      var third = SIMD2<Double>.zero
      for (weight, point) in zip(weights, data.points) {
        let offset = point - mean
        variance += weight * offset * offset
        third += weight * offset * offset * offset
      }
      return ElementwiseMoments(mean: mean, variance: variance, third: third)
    }
  }
}

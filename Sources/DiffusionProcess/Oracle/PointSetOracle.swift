import PointClouds
import RealModule

/// The exact denoiser of a finite point set: p_t = 1/n Σ N(a·x⁽ⁱ⁾, s² I).  Equations (10.11)
///
/// Karras et al. 2022, appendix B.3. Its reverse chains return the points themselves: the score is exact, and no
/// sample is new. It explains memorisation and gives the noisy density of any set. A network should not become equal
/// to it.
package struct PointSetOracle: CovarianceDenoiser {
  package let data: PointCloud

  /// - Precondition: there is at least one.
  package init(_ data: PointCloud) {
    precondition(data.count > 0, "a point set has at least one point")
    self.data = data
  }

  /// log p_t(x) in nats.
  /// - Precondition: the level has noise; without it there is no density.
  /// - Complexity: O(points of the set).
  package func logDensity(_ x: SIMD2<Double>, at level: NoiseLevel) -> Double {
    let (largest, sum, _) = average(x, at: level)
    let variance = level.noise * level.noise
    return largest + Double.log(sum) - Double.log(2 * .pi * variance * Double(data.count))
  }

  /// E[x₀ | x_t]: the mean of the points, each weighted by its posterior probability.
  /// - Precondition: the level has noise.
  /// - Complexity: O(points × points of the set).
  package func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) {
    precondition(clean.count == noisy.count, "\(clean.count) places for \(noisy.count) points")
    for i in 0..<noisy.count {
      let (_, sum, total) = average(noisy[i], at: level)
      clean[i] = total / sum
    }
  }

  /// Cov[x₀ | x_t], the covariance of the points under their posterior probabilities.  Equations (10.11)
  ///
  /// 0 if one point alone explains x_t, as at low noise nearly everywhere.
  /// - Precondition: the level has noise.
  /// - Complexity: O(points × points of the set).
  package func covariance(_ noisy: PointCloud, at level: NoiseLevel) -> [SymmetricMatrix] {
    noisy.points.map { x in
      let weights = weights(x, at: level)
      let mean = zip(weights, data.points).reduce(SIMD2<Double>.zero) { $0 + $1.0 * $1.1 }
      return zip(weights, data.points).reduce(SymmetricMatrix(isotropic: 0)) {
        $0 + $1.0 * SymmetricMatrix(outer: $1.1 - mean)
      }
    }
  }

  /// The posterior probability of each point given x_t: softmax(−‖x − a·x⁽ⁱ⁾‖² / 2s²).  Equations (10.11)
  /// - Precondition: the level has noise.
  package func weights(_ x: SIMD2<Double>, at level: NoiseLevel) -> [Double] {
    let factor = -0.5 / (level.noise * level.noise)
    let (largest, sum, _) = average(x, at: level)
    return data.points.map { point in
      let d = x - level.signal * point
      return Double.exp(factor * (d * d).sum() - largest) / sum
    }
  }

  /// The largest exponent −‖x − a·x⁽ⁱ⁾‖²/2s², and the sums of weights and of weighted points relative to it.
  private func average(
    _ x: SIMD2<Double>, at level: NoiseLevel
  ) -> (largest: Double, sum: Double, total: SIMD2<Double>) {
    precondition(level.noise > 0, "a point set has no density at noise 0")
    let factor = -0.5 / (level.noise * level.noise)
    var nearest = Double.infinity
    for point in data.points {
      let d = x - level.signal * point
      nearest = min(nearest, (d * d).sum())
    }
    var sum = 0.0
    var total = SIMD2<Double>.zero
    for point in data.points {
      let d = x - level.signal * point
      let exponent = factor * ((d * d).sum() - nearest)
      guard exponent > -40 else { continue }  // below 4e-18 of the largest term
      let weight = Double.exp(exponent)
      sum += weight
      total += weight * point
    }
    return (factor * nearest, sum, total)
  }
}

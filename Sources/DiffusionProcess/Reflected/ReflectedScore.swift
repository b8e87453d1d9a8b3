import PointClouds

/// Anything that knows ∇ log p_σ of data in a box under reflected diffusion: an exact oracle, a point set, a
/// trained network.
///
/// A ``Denoiser`` does not follow from it: Tweedie's formula E[x₀ | x_t] = x_t + σ²·∇ log p does not hold for folded
/// noise.
package protocol ReflectedScore: Sendable {
  /// Writes ∇ log p_σ of every point into `score`.
  /// - Parameters:
  ///   - x: points of the unit box.
  ///   - sigma: how noisy they are, in units of the box; positive.
  ///   - score: a cloud of the same count, whose points are overwritten.
  func score(_ x: PointCloud, sigma: Double, into score: inout PointCloud)
}

extension ReflectedScore {
  /// ∇ log p_σ of every point of the unit box.
  package func score(_ x: PointCloud, sigma: Double) -> PointCloud {
    var score = x
    self.score(x, sigma: sigma, into: &score)
    return score
  }
}

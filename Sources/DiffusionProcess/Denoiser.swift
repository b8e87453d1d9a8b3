import PointClouds

/// Anything that knows E[x₀ | x_t]: the exact oracle, a point set, a trained network, a guided pair.
///
/// One call takes a whole cloud, so that `any Denoiser` costs nothing.
public protocol Denoiser: Sendable {
  /// Writes E[x₀ | x_t] of every noisy point into `clean`.
  /// - Parameters:
  ///   - noisy: points at `level`.
  ///   - level: how noisy they are; its noise is positive unless the conformer accepts 0.
  ///   - clean: a cloud of the same count, whose points are overwritten.
  func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud)
}

extension Denoiser {
  /// E[x₀ | x_t] of every noisy point.
  public func denoise(_ noisy: PointCloud, at level: NoiseLevel) -> PointCloud {
    var clean = noisy
    denoise(noisy, at: level, into: &clean)
    return clean
  }

  /// E[ε | x_t] = (x_t − a·E[x₀ | x_t]) / s of every noisy point.  Equations (10.4)
  /// - Precondition: the level has noise.
  public func predictedNoise(_ noisy: PointCloud, at level: NoiseLevel) -> PointCloud {
    precondition(level.noise > 0, "at noise 0 there is no noise to predict")
    var result = denoise(noisy, at: level)
    for i in 0..<noisy.count {
      result[i] = (noisy[i] - level.signal * result[i]) / level.noise
    }
    return result
  }

  /// The score ∇ log p_t = −E[ε | x_t] / s of every noisy point.  Equations (10.4)
  /// - Precondition: the level has noise.
  public func score(_ noisy: PointCloud, at level: NoiseLevel) -> PointCloud {
    predictedNoise(noisy, at: level).map { $0 / -level.noise }
  }
}

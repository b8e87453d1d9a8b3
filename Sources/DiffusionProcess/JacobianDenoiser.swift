import PointClouds

/// The derivative of a map of the plane: row j holds the derivatives of coordinate j of the image.
public struct Jacobian: Sendable, Hashable {
  /// The entries, row by row; `xy` is the derivative of the image's x with respect to the point's y.
  package var xx, xy, yx, yy: Double

  package init(xx: Double, xy: Double, yx: Double, yy: Double) {
    self.xx = xx
    self.xy = xy
    self.yx = yx
    self.yy = yy
  }

  /// The Jacobian of a gradient field, which is symmetric.
  package init(_ matrix: SymmetricMatrix) {
    self.init(xx: matrix.xx, xy: matrix.xy, yx: matrix.xy, yy: matrix.yy)
  }

  /// The divergence of the map.
  package var trace: Double { xx + yy }
}

/// A denoiser that also knows its derivative by the noisy point, which the exact divergence of the probability flow
/// needs, and so a likelihood.
public protocol JacobianDenoiser: Denoiser {
  /// E[x₀ | x_t] of every noisy point, as ``Denoiser/denoise(_:at:into:)`` computes it, and its derivative
  /// ∂E[x₀ | x_t]/∂x_t.
  /// - Precondition: the level has noise.
  func linearized(_ noisy: PointCloud, at level: NoiseLevel) -> (clean: PointCloud, jacobians: [Jacobian])
}

extension JacobianDenoiser where Self: CovarianceDenoiser {
  /// The posterior mean and its derivative (a/s²)·Cov[x₀ | x_t].
  ///
  /// This is Tweedie's formula of second order, Equations (10.5), solved for I + s²∇² log p_t, which is a times the
  /// derivative. In this form nothing cancels, neither at low signal nor at low noise.
  package func linearized(
    _ noisy: PointCloud, at level: NoiseLevel
  ) -> (clean: PointCloud, jacobians: [Jacobian]) {
    precondition(level.noise > 0, "at noise 0 the covariance does not determine the derivative")
    let factor = level.signal / (level.noise * level.noise)
    return (
      denoise(noisy, at: level),
      covariance(noisy, at: level).map { Jacobian(factor * $0) }
    )
  }
}

extension PointSetOracle: JacobianDenoiser {}

extension GaussianMixture: JacobianDenoiser {
  /// The posterior mean and its derivative in one pass over the components.  Equations (10.3), (10.5)
  /// - Complexity: O(points × components).
  public func linearized(
    _ noisy: PointCloud, at level: NoiseLevel
  ) -> (clean: PointCloud, jacobians: [Jacobian]) {
    precondition(level.noise > 0, "at noise 0 the covariance does not determine the derivative")
    let mixture = diffused(to: level)
    let factor = level.signal / (level.noise * level.noise)
    var clean = noisy
    let jacobians = noisy.points.indices.map { i in
      let moments = mixture.moments(noisy[i])
      clean[i] = moments.mean
      return Jacobian(factor * moments.covariance)
    }
    return (clean, jacobians)
  }
}

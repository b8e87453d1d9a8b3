import PointClouds

/// A loss of one reverse Gaussian N(mean, L·Lᵀ), in nats over both coordinates, with its gradients.
///
/// Infinite, with gradient 0, if the covariance is singular or not a number.
package struct StepLoss: Sendable, Hashable {
  package let value: Double
  /// The derivatives with respect to the entries of L.
  package let factorGradient: LowerTriangle
  /// The derivatives with respect to the Gaussian's mean.
  package let meanGradient: SIMD2<Double>

  /// KL(N(mean + offset, variance·I) ‖ N(mean, L·Lᵀ)), a term L_{t−1} of the bound.  Equations (6.6)–(6.8)
  /// - Parameters:
  ///   - offset: the posterior's mean minus the Gaussian's: B·(x₀ − x̂₀).
  ///   - variance: V of the posterior, positive.
  package static func divergence(
    offset: SIMD2<Double>, variance: Double, factor: LowerTriangle
  ) -> StepLoss {
    StepLoss(
      offset: offset, variance: variance, factor: factor, constant: -1 - PortableMath.log(variance))
  }

  /// −log N(mean + offset; mean, L·Lᵀ), the term L_0 of the bound.  Equations (6.5), (5.4)
  /// - Parameter offset: the point minus the Gaussian's mean: x₀ − x̂₀.
  package static func negativeLogLikelihood(offset: SIMD2<Double>, factor: LowerTriangle) -> StepLoss {
    StepLoss(offset: offset, variance: 0, factor: factor, constant: PortableMath.log(2 * .pi))
  }

  /// ½ tr(Σ⁻¹·M) + log det L + constant, with M = offset·offsetᵀ + variance·I.
  private init(offset: SIMD2<Double>, variance: Double, factor: LowerTriangle, constant: Double) {
    guard factor.xx >= 0x1p-500, factor.yy >= 0x1p-500, factor.xx.isFinite, factor.yy.isFinite else {
      value = .infinity
      factorGradient = LowerTriangle(xx: 0, yx: 0, yy: 0)
      meanGradient = .zero
      return
    }
    let (p, t) = (1 / factor.xx, 1 / factor.yy)
    let r = -factor.yx * p * t  // L⁻¹ = ((p, 0), (r, t))
    let z = SIMD2(p * offset.x, r * offset.x + t * offset.y)  // L⁻¹·offset
    // W = L⁻¹·M·L⁻ᵀ
    let w = SymmetricMatrix(
      xx: z.x * z.x + variance * p * p, xy: z.x * z.y + variance * p * r,
      yy: z.y * z.y + variance * (r * r + t * t))
    value =
      0.5 * w.trace + PortableMath.log(factor.xx) + PortableMath.log(factor.yy) + constant
    // The lower part of L⁻ᵀ·(I − W).
    factorGradient = LowerTriangle(
      xx: p * (1 - w.xx) - r * w.xy, yx: -t * w.xy, yy: t * (1 - w.yy))
    meanGradient = SIMD2(-(p * z.x + r * z.y), -t * z.y)  // −Σ⁻¹·offset
  }
}

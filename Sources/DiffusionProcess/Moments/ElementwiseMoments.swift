/// Mean, variance and third central moment of each coordinate of a random point.
///
/// Central moments up to the third are cumulants: those of independent terms add, and a Gaussian's third is 0. So
/// nothing here cancels, as raw moments E[xᵏ] do far from the origin (Equations 7.16 against 7.17).
package struct ElementwiseMoments: Sendable, Hashable {
  package let mean: SIMD2<Double>
  package let variance: SIMD2<Double>
  /// The central moment E[(x − mean)³].
  package let third: SIMD2<Double>

  package init(mean: SIMD2<Double>, variance: SIMD2<Double>, third: SIMD2<Double>) {
    self.mean = mean
    self.variance = variance
    self.third = third
  }

  /// The third central moment over variance to the power 3/2; 0 if the variance is 0.
  package var skewness: SIMD2<Double> {
    let deviation = variance.squareRoot()
    return (third / (variance * deviation)).replacing(with: SIMD2<Double>.zero, where: variance .<= 0)
  }

  /// The moments of `factor` · x + `offset`.
  package func scaled(by factor: Double, plus offset: SIMD2<Double> = .zero) -> ElementwiseMoments {
    let square = factor * factor
    return ElementwiseMoments(
      mean: factor * mean + offset, variance: square * variance, third: square * factor * third)
  }

  /// The moments of x plus independent Gaussian noise of this variance.
  package func plusNoise(variance noise: Double) -> ElementwiseMoments {
    ElementwiseMoments(mean: mean, variance: variance + SIMD2(repeating: noise), third: third)
  }

  /// The moments of x_s = A·x_t + B·x₀ + √V·ζ given x_t, if these are the moments of x₀.  Equations (7.17)
  package func reverseStep(_ posterior: ReversePosterior, noisy: SIMD2<Double>) -> ElementwiseMoments {
    scaled(by: posterior.cleanCoefficient, plus: posterior.noisyCoefficient * noisy)
      .plusNoise(variance: posterior.variance)
  }

  /// The pair of each coordinate that has these moments, or the nearest third moment possible.  Equations (7.18)
  package var skewedPairs: (x: SkewedPair, y: SkewedPair) {
    (
      SkewedPair(mean: mean.x, variance: variance.x, third: third.x),
      SkewedPair(mean: mean.y, variance: variance.y, third: third.y)
    )
  }
}

/// q(x_s | x_t, x₀) = N(A·x_t + B·x₀, V·I) between any two levels of any process.  Equations (2.6)
///
/// For one step of a chain this is Equations (2.4): V = β̃_t and ``transitionVariance`` = β_t.
public struct ReversePosterior: Sendable, Hashable {
  /// A, the coefficient of the noisy point x_t.
  public let noisyCoefficient: Double
  /// B, the coefficient of the clean point x₀.
  public let cleanCoefficient: Double
  /// V, the posterior's variance per coordinate.
  public let variance: Double
  /// v_{t|s} = s_t² − (a_t/a_s)² s_s², the variance that the forward process adds from s to t.
  public let transitionVariance: Double

  /// The posterior at the level `target`, given the point at the noisier level `source`.
  /// - Precondition: `source` is noisier than `target`.
  public init(from source: NoiseLevel, to target: NoiseLevel) {
    precondition(
      source.noise > 0 && target.signal > 0
        && source.noise * target.signal > target.noise * source.signal,
      "\(source) is not noisier than \(target)")
    let factor = source.signal / target.signal  // a_{t|s}
    let share = target.noise / source.noise
    // v_{t|s} / s_t² = 1 − (σ_s/σ_t)², as a product so that small steps keep their digits.
    let ratio = factor * share
    let relative = (1 - ratio) * (1 + ratio)
    noisyCoefficient = ratio * share
    cleanCoefficient = target.signal * relative
    variance = relative * target.noise * target.noise
    transitionVariance = relative * source.noise * source.noise
  }

  /// The posterior's mean A·x_t + B·x₀.
  public func mean(noisy: SIMD2<Double>, clean: SIMD2<Double>) -> SIMD2<Double> {
    noisyCoefficient * noisy + cleanCoefficient * clean
  }
}

/// A forward process in continuous time: a path of noise levels that has rates.
///
/// It is the SDE dx = f·x dt + g dw whose kernel is exactly the path's level.  Equations (4.1)
package protocol ContinuousProcess: NoiseSchedule {
  /// The derivatives a′(t) and s′(t) of signal and noise.
  func rates(at time: Double) -> (signal: Double, noise: Double)
  /// The drift coefficient f(t) = a′/a.
  /// - Precondition: there is signal at this time.
  func drift(at time: Double) -> Double
  /// g(t)², the variance that the SDE adds a unit of time.
  /// - Precondition: there is signal at this time.
  func squaredDiffusion(at time: Double) -> Double
}

extension ContinuousProcess {
  package func drift(at time: Double) -> Double {
    let signal = level(at: time).signal
    precondition(signal > 0, "the drift of \(name) is infinite at time \(time)")
    return rates(at: time).signal / signal
  }

  /// 2ss′ − 2fs².
  package func squaredDiffusion(at time: Double) -> Double {
    let s = level(at: time).noise
    return 2 * s * (rates(at: time).noise - drift(at: time) * s)
  }

  /// The exact transition from time `from` to the later time `to`: x_to = factor·x_from + √variance·ε.
  /// Equations (2.6)
  package func transition(from: Double, to: Double) -> (factor: Double, variance: Double) {
    precondition(from < to, "time \(to) is not after \(from)")
    let (u, t) = (level(at: from), level(at: to))
    let factor = t.signal / u.signal
    return (factor, ReversePosterior(from: t, to: u).transitionVariance)
  }

  /// The velocity a′·x₀ + s′·ε of the point (x₀, ε) along its path.  Equations (5.1)
  package func velocity(clean: SIMD2<Double>, epsilon: SIMD2<Double>, at time: Double) -> SIMD2<Double> {
    let rates = rates(at: time)
    return rates.signal * clean + rates.noise * epsilon
  }
}

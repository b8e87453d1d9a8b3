/// A forward process in continuous time: a differentiable path of noise levels.
///
/// It is the SDE dx = f·x dt + g dw whose transition kernel from the data has the path's levels.  Equations (4.1)
public protocol ContinuousProcess: NoiseSchedule {
  /// The derivatives a′(t) and s′(t) of signal and noise.
  func rates(at time: Double) -> (signal: Double, noise: Double)
  /// The drift coefficient f(t) = a′/a.
  /// - Precondition: there is signal at this time.
  func drift(at time: Double) -> Double
  /// g(t)², the variance that the SDE adds per unit of time.
  /// - Precondition: there is signal at this time.
  func squaredDiffusion(at time: Double) -> Double
}

extension ContinuousProcess {
  public func drift(at time: Double) -> Double {
    let signal = level(at: time).signal
    precondition(signal > 0, "the drift of \(name) is infinite at time \(time)")
    return rates(at: time).signal / signal
  }

  /// 2ss′ − 2fs².
  public func squaredDiffusion(at time: Double) -> Double {
    let s = level(at: time).noise
    return 2 * s * (rates(at: time).noise - drift(at: time) * s)
  }
}

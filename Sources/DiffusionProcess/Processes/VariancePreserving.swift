import RealModule

/// The linear β(t) of variance-preserving and sub-variance-preserving processes.
struct LinearBeta: Sendable, Hashable {
  let low, high: Double

  /// β(t) = β_min + (β_max − β_min)·t.
  func rate(_ t: Double) -> Double { low + (high - low) * t }

  /// B(t) = ∫β.  Equations (3.7)
  func integral(_ t: Double) -> Double { low * t + 0.5 * (high - low) * t * t }
}

/// The variance-preserving SDE: a = e^(−B/2), s² = 1 − e^(−B).
///
/// Song et al. 2021 (arXiv:2011.13456); Equations sections 1 and 4. Data of variance 1 keep variance 1.
public struct VariancePreserving: ContinuousProcess, Hashable {
  let beta: LinearBeta

  /// The process with β(t) from `betaMin` at the data to `betaMax` at the noise.
  public init(betaMin: Double = 0.1, betaMax: Double = 20) {
    precondition(betaMin > 0 && betaMax >= betaMin, "β from \(betaMin) to \(betaMax)")
    beta = LinearBeta(low: betaMin, high: betaMax)
  }

  public var name: String { "vp" }
  public var priorStandardDeviation: Double { 1 }

  public func level(at time: Double) -> NoiseLevel {
    let b = beta.integral(time)
    return NoiseLevel(signal: Double.exp(-b / 2), noise: (-Double.expMinusOne(-b)).squareRoot())
  }

  public func rates(at time: Double) -> (signal: Double, noise: Double) {
    let level = level(at: time)
    let half = beta.rate(time) / 2
    return (-half * level.signal, half * level.signal * level.signal / level.noise)
  }

  public func drift(at time: Double) -> Double { -beta.rate(time) / 2 }

  public func squaredDiffusion(at time: Double) -> Double { beta.rate(time) }

  /// The time of λ = log(a/s), without cancellation.  Equations (3.12)
  package func time(halfLogSNR lambda: Double) -> Double {
    let b = Double.log(onePlus: Double.exp(-2 * lambda))
    let (low, high) = (beta.low, beta.high)
    return 2 * b / (low + (low * low + 2 * (high - low) * b).squareRoot())
  }
}

import RealModule

/// The sub-variance-preserving SDE: a = e^(−B/2), s = 1 − e^(−B).
///
/// Song et al. 2021 (arXiv:2011.13456); Equations sections 1 and 4. It has less noise than VP at equal signal.
package struct SubVariancePreserving: ContinuousProcess, Hashable {
  let beta: LinearBeta

  /// The process with β(t) from `betaMin` at the data to `betaMax` at the noise.
  package init(betaMin: Double = 0.1, betaMax: Double = 20) {
    precondition(betaMin > 0 && betaMax >= betaMin, "β from \(betaMin) to \(betaMax)")
    beta = LinearBeta(low: betaMin, high: betaMax)
  }

  package var name: String { "sub-vp" }
  package var priorStandardDeviation: Double { 1 }

  package func level(at time: Double) -> NoiseLevel {
    let b = beta.integral(time)
    return NoiseLevel(signal: Double.exp(-b / 2), noise: -Double.expMinusOne(-b))
  }

  package func rates(at time: Double) -> (signal: Double, noise: Double) {
    let b = beta.integral(time)
    let rate = beta.rate(time)
    return (-rate / 2 * Double.exp(-b / 2), rate * Double.exp(-b))
  }

  package func drift(at time: Double) -> Double { -beta.rate(time) / 2 }

  package func squaredDiffusion(at time: Double) -> Double {
    -beta.rate(time) * Double.expMinusOne(-2 * beta.integral(time))
  }
}

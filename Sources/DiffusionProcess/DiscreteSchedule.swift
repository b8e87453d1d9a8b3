import RealModule

/// A forward chain of T steps: β_t and ᾱ_t for t = 0...T, indexed by t itself, with β₀ = 0 and ᾱ₀ = 1.
///
/// EQUATIONS section 2; Ho et al. 2020. Tables are in Double, and 1 − ᾱ comes without cancellation (2.3).
public struct DiscreteSchedule: NoiseSchedule, Hashable {
  /// The name by which ``named(_:steps:)`` finds the schedule.
  public let name: String
  /// β_t, the variance that step t adds; `betas[0]` is 0.
  public let betas: [Double]
  /// ᾱ_t = ∏ (1 − β_k).  EQUATIONS (2.2)
  public let alphaBars: [Double]
  /// 1 − ᾱ_t, exact to rounding however small.  EQUATIONS (2.3)
  public let oneMinusAlphaBars: [Double]

  /// The chain with these variances for t = 1...T.
  /// - Precondition: there is at least one, and all lie in (0, 1).
  public init(name: String, betas: [Double]) {
    precondition(!betas.isEmpty, "a chain has at least one step")
    self.name = name
    self.betas = [0] + betas
    var logAlphaBar = 0.0
    var logs = [0.0]
    for (i, beta) in betas.enumerated() {
      precondition(beta > 0 && beta < 1, "β at t = \(i + 1) is \(beta), outside (0, 1)")
      logAlphaBar += Double.log(onePlus: -beta)
      logs.append(logAlphaBar)
    }
    alphaBars = logs.map { Double.exp($0) }
    oneMinusAlphaBars = logs.map { -Double.expMinusOne($0) }
  }

  /// T, the number of steps.
  public var steps: Int { betas.count - 1 }

  /// 1: the chain preserves the variance of data that has variance 1, and its prior is N(0, I).
  public var priorDeviation: Double { 1 }

  /// The noise level after step `t`.
  /// - Precondition: `t` is in 0...T.
  public func level(step t: Int) -> NoiseLevel {
    precondition((0...steps).contains(t), "step \(t) of a chain of \(steps)")
    return NoiseLevel(signal: alphaBars[t].squareRoot(), noise: oneMinusAlphaBars[t].squareRoot())
  }

  /// The level of the step nearest to `time` · T.
  public func level(at time: Double) -> NoiseLevel {
    precondition((0...1).contains(time), "time \(time) is outside 0...1")
    return level(step: Int((time * Double(steps)).rounded()))
  }

  /// β̃_t, the variance of q(x_{t−1} | x_t, x₀); 0 at t = 1.  EQUATIONS (2.4)
  public func posteriorVariance(step t: Int) -> Double {
    precondition((1...steps).contains(t), "step \(t) of a chain of \(steps)")
    return oneMinusAlphaBars[t - 1] / oneMinusAlphaBars[t] * betas[t]
  }
}

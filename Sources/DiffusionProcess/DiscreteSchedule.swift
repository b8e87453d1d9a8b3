import RealModule

/// A forward chain of T steps: noise levels for t = 0...T, indexed by t itself; level 0 is the data.
///
/// Equations sections 2 and 3. The chain may follow any path: variance preserving (given by β), variance exploding
/// (given by σ), or a continuous process sampled at T times. If the chain is given by β, 1 − ᾱ is computed without
/// cancellation (Equations 2.3).
public struct DiscreteSchedule: NoiseSchedule, Hashable {
  /// The derivatives a′ and s′ of signal and noise with respect to t/T.
  package struct Rates: Sendable, Hashable {
    package let signal, noise: Double
  }

  /// The name by which ``named(_:steps:)`` finds the schedule.
  public let name: String
  /// The levels of t = 0...T; the first is ``NoiseLevel/clean``, and each is noisier than the one before.
  public let levels: [NoiseLevel]
  /// The standard deviation per coordinate of the prior, from which reverse chains start: 1, or σ_T if the chain
  /// keeps the signal at 1.
  public let priorStandardDeviation: Double
  /// v_{t|t−1}, the variance that step t adds: β_t if the chain preserves variance. `betas[0]` is 0.
  /// Equations (2.6)
  public let betas: [Double]
  /// a_t²: ᾱ_t if the chain preserves variance.  Equations (2.2)
  public let alphaBars: [Double]
  /// s_t²: 1 − ᾱ_t, exact to rounding however small, if the chain preserves variance.  Equations (2.3)
  package let oneMinusAlphaBars: [Double]
  /// The rates of each level: exact if the chain samples a continuous process, otherwise central differences
  /// (one-sided at T). `rates[0]` repeats `rates[1]`, so that the index is t.
  package let rates: [Rates]
  private let source: CarriedProcess
  /// The continuous process whose levels the chain visits at t/T; `nil` if there is none.
  package var process: (any ContinuousProcess)? { source.process }

  /// The variance-preserving chain with these variances for t = 1...T.
  /// - Parameter process: the continuous process whose levels the chain visits at t/T, if there is one.
  /// - Precondition: there is at least one β, and all lie in (0, 1).
  public init(name: String, betas: [Double], process: (any ContinuousProcess)? = nil) {
    precondition(!betas.isEmpty, "a chain has at least one step")
    var logAlphaBar = 0.0
    var logs = [0.0]
    for (i, beta) in betas.enumerated() {
      precondition(beta > 0 && beta < 1, "β at t = \(i + 1) is \(beta), outside (0, 1)")
      logAlphaBar += Double.log(onePlus: -beta)
      logs.append(logAlphaBar)
    }
    self.name = name
    self.betas = [0] + betas
    alphaBars = logs.map { Double.exp($0) }
    oneMinusAlphaBars = logs.map { -Double.expMinusOne($0) }
    levels = zip(alphaBars, oneMinusAlphaBars).map {
      NoiseLevel(signal: $0.squareRoot(), noise: $1.squareRoot())
    }
    priorStandardDeviation = 1
    rates = Self.differences(levels)
    source = CarriedProcess(process)
  }

  /// The variance-exploding chain through these noise-to-signal ratios: signal 1 and noise σ.
  /// - Parameter sigmas: from σ_T down, as ``SigmaGrid`` gives them, without the 0 of the data.
  /// - Precondition: there is at least one, all are positive, and they decrease.
  package init(name: String, sigmas: [Double]) {
    precondition(!sigmas.isEmpty, "a chain has at least one step")
    self.init(
      name: name, levels: sigmas.reversed().map { NoiseLevel(signal: 1, noise: $0) },
      priorStandardDeviation: sigmas[0], rates: nil, process: nil)
  }

  /// The chain that samples a process at the times t/T; t = 0 is the data even if the process starts with noise.
  /// - Precondition: `steps` is at least 1.
  public init(sampling process: some ContinuousProcess, name: String? = nil, steps: Int) {
    precondition(steps >= 1, "a chain of \(steps) steps")
    let times = (1...steps).map { Double($0) / Double(steps) }
    self.init(
      name: name ?? process.name, levels: times.map { process.level(at: $0) },
      priorStandardDeviation: process.priorStandardDeviation,
      rates: times.map { time in
        let rates = process.rates(at: time)
        return Rates(signal: rates.signal, noise: rates.noise)
      }, process: process)
  }

  /// The chain through `levels`, t = 1...T.
  private init(
    name: String, levels: [NoiseLevel], priorStandardDeviation: Double, rates: [Rates]?,
    process: (any ContinuousProcess)?
  ) {
    let levels = [.clean] + levels
    self.name = name
    self.levels = levels
    self.priorStandardDeviation = priorStandardDeviation
    betas =
      [0]
      + (1..<levels.count).map {
        ReversePosterior(from: levels[$0], to: levels[$0 - 1]).transitionVariance
      }
    alphaBars = levels.map { $0.signal * $0.signal }
    oneMinusAlphaBars = levels.map { $0.noise * $0.noise }
    self.rates = rates.map { [$0[0]] + $0 } ?? Self.differences(levels)
    source = CarriedProcess(process)
  }

  private static func differences(_ levels: [NoiseLevel]) -> [Rates] {
    let last = levels.count - 1
    let rates = (1...last).map { t in
      let (before, after) = (levels[t - 1], levels[min(t + 1, last)])
      let factor = Double(last) / (t < last ? 2 : 1)
      return Rates(
        signal: (after.signal - before.signal) * factor, noise: (after.noise - before.noise) * factor)
    }
    return [rates[0]] + rates
  }

  /// T, the number of steps.
  public var steps: Int { levels.count - 1 }

  /// The noise level after step `t`.
  /// - Precondition: `t` is in 0...T.
  public func level(step t: Int) -> NoiseLevel {
    precondition((0...steps).contains(t), "step \(t) of a chain of \(steps)")
    return levels[t]
  }

  /// The level of the step nearest to `time` · T.
  public func level(at time: Double) -> NoiseLevel {
    precondition((0...1).contains(time), "time \(time) is outside 0...1")
    return levels[Int((time * Double(steps)).rounded())]
  }

  /// β̃_t, the variance of q(x_{t−1} | x_t, x₀); 0 at t = 1.  Equations (2.4)
  package func posteriorVariance(step t: Int) -> Double {
    precondition((1...steps).contains(t), "step \(t) of a chain of \(steps)")
    return oneMinusAlphaBars[t - 1] / oneMinusAlphaBars[t] * betas[t]
  }
}

/// The two bounds of a reverse step's variance for data of variance up to 1.  Equations (7.1)
package struct StepVariances: Sendable, Hashable {
  /// v_{t|s}, which is β_t if no step is skipped: exact for data N(0, I).
  package let transition: Double
  /// V, which is β̃_t if no step is skipped: exact for data of a single point. It is positive even at the step to
  /// the data, where the value of the step before replaces β̃₁ = 0.  Equations (2.8)
  package let posterior: Double

  /// - Precondition: neither is negative. 0 comes from rounding, if two levels hardly differ.
  package init(transition: Double, posterior: Double) {
    precondition(transition >= 0 && posterior >= 0, "variances \(transition) and \(posterior)")
    self.transition = transition
    self.posterior = posterior
  }

  /// The variances of the step from one level to a less noisy one.
  /// - Parameter last: what replaces V = 0 at the step to the data: ``last(along:)``.
  package init(from source: NoiseLevel, to target: NoiseLevel, last: Double) {
    let posterior = ReversePosterior(from: source, to: target)
    self.init(
      transition: posterior.transitionVariance,
      posterior: target.noise > 0 ? posterior.variance : last)
  }

  /// The replacement for β̃ = 0 at the step to the data: V of the step before, or v_{t|s} in a chain of one step.
  /// Equations (2.8)
  /// - Parameter levels: those that the chain visits, from noise to data.
  package static func last(along levels: [NoiseLevel]) -> Double {
    let n = levels.count
    precondition(n >= 2, "a reverse chain has at least one step, not \(levels)")
    return n == 2
      ? ReversePosterior(from: levels[0], to: levels[1]).transitionVariance
      : ReversePosterior(from: levels[n - 3], to: levels[n - 2]).variance
  }
}

/// One step of a reverse chain.
package struct ReverseStep: Sendable, Hashable {
  /// The step t of the forward chain where it starts, and the step s < t where it ends.
  package let start, end: Int
  package let from, to: NoiseLevel
  /// q(x_s | x_t, x₀).
  package let posterior: ReversePosterior
  /// The fixed choices of its variance.
  package let variances: StepVariances
}

extension DiscreteSchedule {
  /// The steps that a reverse chain of N = `steps` steps visits, evenly spaced: t_i = round(T (N − i) / N).
  /// - Precondition: `steps` is in 1...T, so that no level is visited twice.
  package func visits(steps count: Int) -> [Int] {
    precondition((1...steps).contains(count), "\(count) steps through a chain of \(steps)")
    // Integer arithmetic, with halves rounded up, is the same on every machine.
    return (0...count).map { (2 * steps * (count - $0) + count) / (2 * count) }
  }

  /// The levels that a reverse chain visits, from noise to data.
  /// - Parameter visited: the visited steps, decreasing to 0; all if it is `nil`.
  package func levels(visiting visited: [Int]? = nil) -> [NoiseLevel] {
    visited.map { $0.map { levels[$0] } } ?? levels.reversed()
  }

  /// The steps of the reverse chain, from noise to data.
  /// - Parameter visited: the visited steps, decreasing from at most T to 0; all if it is `nil`.
  package func reverseSteps(visiting visited: [Int]? = nil) -> [ReverseStep] {
    let visited = visited ?? Array((0...steps).reversed())
    precondition(
      visited.count >= 2 && visited[0] <= steps && visited.last == 0
        && zip(visited, visited.dropFirst()).allSatisfy(>),
      "a reverse chain of \(steps) decreases from at most \(steps) to 0, unlike \(visited)")
    let last = StepVariances.last(along: levels(visiting: visited))
    return zip(visited, visited.dropFirst()).map { t, s in
      ReverseStep(
        start: t, end: s, from: levels[t], to: levels[s],
        posterior: ReversePosterior(from: levels[t], to: levels[s]),
        variances: StepVariances(from: levels[t], to: levels[s], last: last))
    }
  }
}

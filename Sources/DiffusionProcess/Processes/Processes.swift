import PointClouds

/// The continuous processes that a name can ask for. A new one is one file and one line here.
package enum Processes {
  /// All processes, with their default rates.
  package static let all = Registry<any ContinuousProcess>(
    "process",
    [
      VariancePreserving(),
      SubVariancePreserving(),
      VarianceExploding(),
      RectifiedFlow(),
    ]
  ) { $0.name }
}

extension ContinuousProcess {
  /// The time at which the noise-to-signal ratio is `sigma`, or 0 if the process starts with more.
  /// - Precondition: the ratio is at least 0 and below that of time 1.
  /// - Complexity: 60 evaluations of the level, by bisection.
  package func time(sigma: Double) -> Double {
    precondition(sigma >= 0 && sigma < level(at: 1).sigma, "\(name) has no time of σ = \(sigma)")
    guard sigma > level(at: 0).sigma else { return 0 }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if level(at: middle).sigma < sigma { low = middle } else { high = middle }
    }
    return high
  }
}

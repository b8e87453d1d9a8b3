import RealModule

/// The variance-exploding SDE: a = 1, s = σ_min·(σ_max/σ_min)^t.
///
/// Song et al. 2021 (arXiv:2011.13456); Equations section 4. As in published code, time 0 is the
/// data already smoothed by σ_min: densities "of the data" are those of p₀ * N(0, σ_min² I).
public struct VarianceExploding: ContinuousProcess, Hashable {
  /// The noise at time 0.
  package let sigmaMin: Double
  /// The noise at time 1.
  package let sigmaMax: Double

  /// The process from σ_min to σ_max.
  public init(sigmaMin: Double = 0.01, sigmaMax: Double = 10) {
    precondition(sigmaMin > 0 && sigmaMax > sigmaMin, "σ from \(sigmaMin) to \(sigmaMax)")
    self.sigmaMin = sigmaMin
    self.sigmaMax = sigmaMax
  }

  public var name: String { "ve" }
  public var priorStandardDeviation: Double { sigmaMax }

  private var logRatio: Double { Double.log(sigmaMax / sigmaMin) }

  public func level(at time: Double) -> NoiseLevel {
    NoiseLevel(signal: 1, noise: sigmaMin * Double.exp(time * logRatio))
  }

  public func rates(at time: Double) -> (signal: Double, noise: Double) {
    (0, logRatio * level(at: time).noise)
  }
}

/// (σ² + σ_d²) / (σ·σ_d)² on the error of x₀: an untrained network, which predicts 0, has loss 1 at every level.
///
/// Equations (6.16); Karras et al. 2022 (arXiv:2206.00364). With the preconditioning of Equations (6.15) it is
/// the plain squared error of the raw network.
package struct EDMWeight: LossWeight, Hashable {
  /// σ_d, the standard deviation of the data per coordinate: 1 in standard units.
  package let dataStandardDeviation: Double

  package init(dataStandardDeviation: Double = 1) {
    precondition(dataStandardDeviation > 0, "data of deviation \(dataStandardDeviation)")
    self.dataStandardDeviation = dataStandardDeviation
  }

  package var name: String { "edm" }
  package var summary: String { "error of x₀ weighted by 1 + 1/σ², Karras et al. 2022" }

  /// 0 if the prediction does not determine x₀ at this step.
  package func weight(_ table: PredictionTable, step t: Int, of schedule: DiscreteSchedule) -> Double {
    let level = schedule.level(step: t)
    let factor = table.squaredCleanFactor(at: level)
    guard factor.isFinite else { return 0 }
    let variance = dataStandardDeviation * dataStandardDeviation
    let (a, s) = (level.signal * level.signal, level.noise * level.noise)
    return (s + a * variance) / (s * variance) * factor  // both sides of λ(σ) times a²
  }
}

/// 1/(1 + SNR) on the error of ε: less weight at low noise.
///
/// Choi et al. 2022, *Perception prioritized training* (arXiv:2204.00227), with k = γ = 1. In a
/// variance-preserving chain this is s² on the error of ε, or a² on that of x₀.
package struct P2Weight: LossWeight, Hashable {
  package init() {}

  package var name: String { "p2" }
  package var summary: String { "error of ε weighted by 1/(1 + SNR), Choi et al. 2022" }

  package func weight(_ table: PredictionTable, step t: Int, of schedule: DiscreteSchedule) -> Double {
    let level = schedule.level(step: t)
    return table.squaredNoiseFactor(at: level) / (1 + level.snr)
  }
}

/// min(SNR, γ) on the error of x₀, which is min(1, γ/SNR) on that of ε: it limits the weight of low noise.
///
/// Equations (6.14); Hang et al. 2023 (arXiv:2303.09556).
package struct MinSNRWeight: LossWeight, Hashable {
  package let gamma: Double

  package init(gamma: Double = 5) {
    precondition(gamma > 0, "γ is \(gamma)")
    self.gamma = gamma
  }

  package var name: String { "min-snr" }
  package var summary: String { "error of x₀ weighted by min(SNR, 5), Hang et al. 2023" }

  package func weight(_ table: PredictionTable, step t: Int, of schedule: DiscreteSchedule) -> Double {
    let level = schedule.level(step: t)
    return min(1, gamma / level.snr) * table.squaredNoiseFactor(at: level)
  }
}

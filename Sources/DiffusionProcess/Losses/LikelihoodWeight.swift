/// g² on the error of the score, which makes the loss a bound on the likelihood.
///
/// Equations (6.13), (4.1); Song et al. 2021 (arXiv:2101.09258). On the error of x₀ the weight is
/// −d SNR/dt: the bound in the limit of many steps, Equations (6.10). It emphasizes low noise.
package struct LikelihoodWeight: LossWeight, Hashable {
  package init() {}

  package var name: String { "likelihood" }
  package var summary: String { "score matching weighted by g², a bound on the likelihood, Song et al. 2021" }

  /// 0 where g² is infinite: at the end of rectified flow, for predictions that do not determine x₀ there.
  package func weight(_ table: PredictionTable, step t: Int, of schedule: DiscreteSchedule) -> Double {
    let level = schedule.level(step: t)
    let factor = table.squaredCleanFactor(at: level)
    guard factor.isFinite else { return 0 }
    let (a, s) = (level.signal, level.noise)
    let rates = schedule.rates[t]
    // g²·a²/s⁴ with g² = 2s·(s′ − s·a′/a), which has no pole at a = 0.
    return 2 * a * (a * rates.noise - s * rates.signal) / (s * s * s) * factor
  }
}

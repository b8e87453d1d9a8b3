/// s² on the error of the score, which is 1 on that of ε: denoising score matching with its usual weight.
///
/// Equations (6.13); Vincent 2011, Song and Ermon 2019 (arXiv:1907.05600).
package struct ScoreMatchingWeight: LossWeight, Hashable {
  package init() {}

  package var name: String { "dsm" }
  package var summary: String { "score matching weighted by s²: the error of ε, whatever is predicted" }

  package func weight(_ table: PredictionTable, step t: Int, of schedule: DiscreteSchedule) -> Double {
    table.squaredNoiseFactor(at: schedule.level(step: t))
  }
}

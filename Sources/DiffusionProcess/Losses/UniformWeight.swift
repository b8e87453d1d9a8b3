/// Weight 1 on the prediction's own error: the simple loss.  Equations (6.1); Ho et al. 2020, eq. 14
package struct UniformWeight: LossWeight, Hashable {
  package init() {}

  package var name: String { "simple" }
  package var summary: String { "mean squared error of the prediction itself, Ho et al. 2020" }

  package func weight(_ table: PredictionTable, step t: Int, of schedule: DiscreteSchedule) -> Double { 1 }
}

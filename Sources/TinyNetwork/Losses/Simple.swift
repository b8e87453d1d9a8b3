import DiffusionProcess

extension TrainingLoss {
  /// ½‖target − prediction‖², the mean over both coordinates, of the prediction itself; every step equally often.
  ///
  /// Equations (6.1); Ho et al. 2020, eq. 14. Score, velocity and mean are in units of their own mean size.
  public static let simple = TrainingLoss(
    "simple", "mean squared error of the prediction itself, Ho et al. 2020", needs: Needs(.fixed)
  ) { WeightedObjective(simple: $0) }
}

extension WeightedObjective {
  /// The simple loss.  Equations (6.1)
  package init(simple head: NetworkHead, name: String = "simple", coupling: NoiseCoupling = .independent) {
    let levels = Array(head.schedule.levels.dropFirst())
    self.init(
      name, head, levels: levels,
      weights: levels.map {
        let scale = head.reading(at: $0).scale
        return scale * scale
      }, coupling: coupling)
  }
}

import DiffusionProcess

extension TrainingLoss {
  /// Denoising score matching with the weight s²: the squared error of ε, whatever is predicted.
  /// EQUATIONS (6.13)
  public static let dsm = TrainingLoss(
    "dsm", "score matching weighted by s²: the error of ε, whatever is predicted", needs: Needs(.fixed)
  ) { WeightedObjective("dsm", $0, weight: ScoreMatchingWeight()) }
}

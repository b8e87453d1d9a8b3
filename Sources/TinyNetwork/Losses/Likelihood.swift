import DiffusionProcess

extension TrainingLoss {
  /// Denoising score matching with the weight g².  EQUATIONS (6.13); Song et al. 2021 (arXiv:2101.09258)
  public static let likelihood = TrainingLoss(
    "likelihood", "score matching weighted by g², a bound on the likelihood, Song et al. 2021",
    needs: Needs(.fixed)
  ) { WeightedObjective("likelihood", $0, weight: LikelihoodWeight()) }
}

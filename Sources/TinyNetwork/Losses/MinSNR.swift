import DiffusionProcess

extension TrainingLoss {
  /// The error of x₀ weighted by min(SNR, 5).  EQUATIONS (6.14); Hang et al. 2023 (arXiv:2303.09556)
  public static let minSNR = TrainingLoss(
    "min-snr", "error of x₀ weighted by min(SNR, 5), Hang et al. 2023", needs: Needs(.fixed)
  ) { WeightedObjective("min-snr", $0, weight: MinSNRWeight()) }
}

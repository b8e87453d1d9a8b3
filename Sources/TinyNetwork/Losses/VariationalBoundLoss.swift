extension TrainingLoss {
  /// The variational bound: T · L_{t−1} at uniform t, in nats, which trains means and variances.
  /// Equations (6.2)–(6.9)
  public static let vlb = TrainingLoss(
    "vlb", "the variational bound in nats, of means and variances, Ho et al. 2020", needs: Needs(.any)
  ) { BoundObjective("vlb", $0) }
}

extension DiscreteSchedule {
  /// β_t grows linearly from 1000/T times `betaStart` to 1000/T times `betaEnd`, so that chains of any length reach
  /// the prior.
  /// Equations (3.1), (3.2); Ho et al. 2020 for T = 1000, Nichol and Dhariwal 2021 for the rescaling
  ///
  /// β is clipped at 0.999, which matters for T ≤ 20 only.
  public static func linear(
    steps: Int, betaStart: Double = 1e-4, betaEnd: Double = 0.02
  ) -> DiscreteSchedule {
    DiscreteSchedule(
      name: "linear",
      betas: evenly(from: betaStart, to: betaEnd, steps: steps).map { min(0.999, $0 * 1000 / Double(steps)) })
  }
}

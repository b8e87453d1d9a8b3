extension DiscreteSchedule {
  /// β_t grows linearly from 10⁻⁴·1000/T to 0.02·1000/T, so that every length reaches the prior.
  /// EQUATIONS (3.1), (3.2); Ho et al. 2020 for T = 1000, Nichol and Dhariwal 2021 for the rescaling
  ///
  /// β is kept below 0.999, which matters for T ≤ 20 only.
  package static func linear(steps: Int) -> DiscreteSchedule {
    DiscreteSchedule(
      name: "linear",
      betas: evenly(from: 1e-4, to: 0.02, steps: steps).map { min(0.999, $0 * 1000 / Double(steps)) })
  }
}

import RealModule

extension DiscreteSchedule {
  /// ᾱ_t follows a logistic curve, shifted and scaled to fall from 1 to 0; only β_T is clipped.
  /// Equations (3.6); Jabri et al. 2022 (arXiv:2212.11972), Chen 2023 (arXiv:2301.10972)
  ///
  /// In ``sigmoidBeta(steps:betaStart:betaEnd:logitStart:logitEnd:)``, by contrast, β follows the curve.
  package static func sigmoid(
    steps: Int, start: Double = -3, end: Double = 3, temperature: Double = 1, maxBeta: Double = 0.999
  ) -> DiscreteSchedule {
    precondition(end > start && temperature > 0, "a logistic curve from \(start) to \(end)")
    let floor = logistic(end / temperature)
    return DiscreteSchedule(
      name: "sigmoid",
      betas: betas(steps: steps, maxBeta: maxBeta) { u in
        floor - logistic((u * (end - start) + start) / temperature)
      })
  }

  /// 1 / (1 + e^(−x)).
  static func logistic(_ x: Double) -> Double { 1 / (1 + Double.exp(-x)) }
}

extension DiscreteSchedule {
  /// β_t rises from about `betaStart` to about `betaEnd` along a logistic curve, whatever T is.
  /// Equations (3.5); Xu et al. 2022 (arXiv:2203.02923)
  ///
  /// Like ``linearUnscaled(steps:betaStart:betaEnd:)`` it needs a long chain to reach the prior.
  package static func sigmoidBeta(
    steps: Int, betaStart: Double = 1e-4, betaEnd: Double = 0.02, logitStart: Double = -6,
    logitEnd: Double = 6
  ) -> DiscreteSchedule {
    DiscreteSchedule(
      name: "sigmoid-beta",
      betas: evenly(from: logitStart, to: logitEnd, steps: steps).map {
        betaStart + (betaEnd - betaStart) * logistic($0)
      })
  }
}

import RealModule

extension DiscreteSchedule {
  /// β_t = 1 − exp(−∫β) over one step of the linear VP SDE: exact at every T.
  /// Equations (3.7); Song et al. 2021 (arXiv:2011.13456)
  ///
  /// The levels are those of ``VariancePreserving`` at t/T, as in the schedule "vp"; this one computes β without
  /// cancellation.
  package static func vpExact(
    steps: Int, betaMin: Double = 0.1, betaMax: Double = 20
  ) -> DiscreteSchedule {
    precondition(steps >= 1, "a chain of \(steps) steps")
    precondition(betaMin > 0 && betaMax >= betaMin, "β from \(betaMin) to \(betaMax)")
    let h = 1 / Double(steps)
    return DiscreteSchedule(
      name: "vp-exact",
      betas: (1...steps).map { t in
        // The integral of a linear function over a step: its value in the middle times the step.
        let middle = (Double(t) - 0.5) * h
        return -Double.expMinusOne(-h * (betaMin + (betaMax - betaMin) * middle))
      }, process: VariancePreserving(betaMin: betaMin, betaMax: betaMax))
  }
}

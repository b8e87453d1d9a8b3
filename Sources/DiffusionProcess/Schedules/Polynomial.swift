extension DiscreteSchedule {
  /// √ᾱ_t = 1 − (t/T)²: the signal falls slowly at first; only β_T is clipped.
  /// Hoogeboom et al. 2022 (arXiv:2203.17003), appendix B
  package static func polynomial(steps: Int, maxBeta: Double = 0.999) -> DiscreteSchedule {
    DiscreteSchedule(
      name: "polynomial",
      betas: betas(steps: steps, maxBeta: maxBeta) { u in
        let signal = (1 - u) * (1 + u)
        return signal * signal
      })
  }
}

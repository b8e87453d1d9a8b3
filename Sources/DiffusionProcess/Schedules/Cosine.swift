import RealModule

extension DiscreteSchedule {
  /// ᾱ_t follows a squared cosine; only β_T is clipped.  Equations (3.4); Nichol and Dhariwal 2021, eq. 17
  public static func cosine(
    steps: Int, offset: Double = 0.008, maxBeta: Double = 0.999
  ) -> DiscreteSchedule {
    DiscreteSchedule(
      name: "cosine",
      betas: betas(steps: steps, maxBeta: maxBeta) { u in
        let c = Double.cos((u + offset) / (1 + offset) * .pi / 2)
        return c * c
      })
  }
}

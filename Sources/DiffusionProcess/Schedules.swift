import RealModule

extension DiscreteSchedule {
  /// The schedules that a name can ask for. A new one is one function and one line here.
  public static let registry: [(name: String, make: @Sendable (_ steps: Int) -> DiscreteSchedule)] = [
    ("cosine", { cosine(steps: $0) }),
    ("linear", { linear(steps: $0) }),
  ]

  /// The schedule of this name with T = `steps`, or `nil` where no schedule has the name.
  /// - Precondition: `steps` is at least 1.
  public static func named(_ name: String, steps: Int) -> DiscreteSchedule? {
    registry.first { $0.name == name }?.make(steps)
  }

  /// β_t grows linearly from 10⁻⁴ to 0.02 at T = 1000; shorter and longer chains rescale both by 1000 / T, so
  /// that every length reaches the prior.  EQUATIONS (3.1), (3.2); Ho et al. 2020, Nichol and Dhariwal 2021
  ///
  /// The rescaled β is kept below 0.999, which matters for T ≤ 20 only.
  public static func linear(
    steps: Int, from start: Double = 1e-4, to end: Double = 0.02, rescaled: Bool = true
  ) -> DiscreteSchedule {
    precondition(steps >= 1, "a chain of \(steps) steps")
    let factor = rescaled ? 1000 / Double(steps) : 1
    return DiscreteSchedule(
      name: "linear",
      betas: (1...steps).map { t in
        let share = steps == 1 ? 0 : Double(t - 1) / Double(steps - 1)
        return min(0.999, factor * (start + share * (end - start)))
      })
  }

  /// ᾱ_t follows a squared cosine; only β_T is clipped.  EQUATIONS (3.4); Nichol and Dhariwal 2021, eq. 17
  public static func cosine(
    steps: Int, offset: Double = 0.008, maxBeta: Double = 0.999
  ) -> DiscreteSchedule {
    precondition(steps >= 1, "a chain of \(steps) steps")
    func f(_ u: Double) -> Double {
      let c = Double.cos((u + offset) / (1 + offset) * .pi / 2)
      return c * c
    }
    return DiscreteSchedule(
      name: "cosine",
      betas: (1...steps).map { t in
        min(1 - f(Double(t) / Double(steps)) / f(Double(t - 1) / Double(steps)), maxBeta)
      })
  }
}

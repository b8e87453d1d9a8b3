import RealModule

extension DiscreteSchedule {
  /// The schedules that a name can ask for. A new one is one function and one line here.
  public static let registry: [(name: String, make: @Sendable (_ steps: Int) -> DiscreteSchedule)] = [
    ("cosine", { cosine(steps: $0) }),
    ("linear", { linear(steps: $0) }),
    ("linear-unscaled", { linearUnscaled(steps: $0) }),
  ]

  /// The schedule of this name with T = `steps`, or `nil` where no schedule has the name.
  /// - Precondition: `steps` is at least 1.
  public static func named(_ name: String, steps: Int) -> DiscreteSchedule? {
    registry.first { $0.name == name }?.make(steps)
  }

  /// β_t grows linearly from 10⁻⁴·1000/T to 0.02·1000/T, so that every length reaches the prior.
  /// EQUATIONS (3.1), (3.2); Ho et al. 2020 for T = 1000, Nichol and Dhariwal 2021 for the rescaling
  ///
  /// β is kept below 0.999, which matters for T ≤ 20 only.
  public static func linear(steps: Int) -> DiscreteSchedule {
    DiscreteSchedule(
      name: "linear",
      betas: evenly(from: 1e-4, to: 0.02, steps: steps).map { min(0.999, $0 * 1000 / Double(steps)) })
  }

  /// β_t grows linearly from 10⁻⁴ to 0.02 whatever T is, which for short chains does not reach the prior:
  /// ᾱ_50 = 0.60.  EQUATIONS (3.1)
  ///
  /// Kept because public code has it as a default; ``priorWarning`` speaks up.
  public static func linearUnscaled(steps: Int) -> DiscreteSchedule {
    DiscreteSchedule(name: "linear-unscaled", betas: evenly(from: 1e-4, to: 0.02, steps: steps))
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

  /// `steps` values from `start` to `end`, or `start` alone.
  private static func evenly(from start: Double, to end: Double, steps: Int) -> [Double] {
    precondition(steps >= 1, "a chain of \(steps) steps")
    return (0..<steps).map { steps == 1 ? start : start + Double($0) / Double(steps - 1) * (end - start) }
  }
}

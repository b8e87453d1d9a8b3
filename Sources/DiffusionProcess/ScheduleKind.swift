import PointClouds

/// A schedule that can be asked for by name, at any number of steps.
package struct ScheduleKind: Named {
  /// The name on the command line and in checkpoints.
  package let name: String
  /// One line on what it is.
  package let summary: String
  /// The schedule with T = `steps`, which is at least 1.
  package let make: @Sendable (_ steps: Int) -> DiscreteSchedule

  init(_ name: String, _ summary: String, make: @escaping @Sendable (_ steps: Int) -> DiscreteSchedule) {
    self.name = name
    self.summary = summary
    self.make = make
  }
}

extension DiscreteSchedule {
  /// The schedules that a name can ask for. A new one is one file and one line here.
  package static let all = Registry(
    "schedule",
    [
      ScheduleKind("cosine", "ᾱ is a squared cosine, Nichol and Dhariwal 2021") { .cosine(steps: $0) },
      ScheduleKind("linear", "β linear, scaled so that every T reaches the prior") { .linear(steps: $0) },
      ScheduleKind("linear-unscaled", "β linear from 0.0001 to 0.02 at any T, Ho et al. 2020") {
        .linearUnscaled(steps: $0)
      },
      ScheduleKind("sigmoid", "ᾱ is a logistic curve, Jabri et al. 2022") { .sigmoid(steps: $0) },
      ScheduleKind("vp-exact", "the VP SDE, β from its integral, Song et al. 2021") { .vpExact(steps: $0) },
      ScheduleKind("scaled-linear", "√β linear from √0.00085 to √0.012, Rombach et al. 2022") {
        .scaledLinear(steps: $0)
      },
      ScheduleKind("quadratic", "√β linear from √0.0001 to √0.02, Song et al. 2021") {
        .quadratic(steps: $0)
      },
      ScheduleKind("sigmoid-beta", "β is a logistic curve, Xu et al. 2022") { .sigmoidBeta(steps: $0) },
      ScheduleKind("polynomial", "√ᾱ is 1 − (t/T)², Hoogeboom et al. 2022") { .polynomial(steps: $0) },
      ScheduleKind("vp", "the VP SDE, looked at T times") {
        DiscreteSchedule(sampling: VariancePreserving(), steps: $0)
      },
      ScheduleKind("sub-vp", "the sub-VP SDE: less noise at equal signal") {
        DiscreteSchedule(sampling: SubVariancePreserving(), steps: $0)
      },
      ScheduleKind("ve", "the VE SDE: noise 0.01 to 10, the signal stays") {
        DiscreteSchedule(sampling: VarianceExploding(), steps: $0)
      },
      ScheduleKind("flow", "rectified flow: straight lines to the noise") {
        DiscreteSchedule(sampling: RectifiedFlow(), steps: $0)
      },
      ScheduleKind("karras", "σ from 0.002 to 80, even in σ^(1/7), Karras et al. 2022") {
        .karras(steps: $0)
      },
      ScheduleKind("log-linear", "σ from 0.005 to 10, even in log σ") { .logLinear(steps: $0) },
    ])

  /// The schedule of this name with T = `steps`, or `nil` if no schedule has the name.
  /// - Precondition: `steps` is at least 1.
  public static func named(_ name: String, steps: Int) -> DiscreteSchedule? { all.named(name)?.make(steps) }
}

import DiffusionLab

/// Checks exercise 1: x_t = √ᾱ_t · x₀ + √(1 − ᾱ_t) · ε.
package enum ForwardProcessChecker {
  /// A learner's function, which returns `nil` until it is written.
  package typealias Answer = (
    _ clean: SIMD2<Double>, _ epsilon: SIMD2<Double>, _ step: Int, _ schedule: DiscreteSchedule
  ) -> SIMD2<Double>?

  struct Input: Sendable, CustomStringConvertible {
    let clean, epsilon: SIMD2<Double>
    let step: Int

    var schedule: DiscreteSchedule { ExerciseSettings.schedule }
    /// The noisy point with these two coefficients.
    func point(_ signal: Double, _ noise: Double) -> SIMD2<Double> { signal * clean + noise * epsilon }
    /// The right noisy point at step t.
    func point(at t: Int) -> SIMD2<Double> {
      point(schedule.alphaBars[t].squareRoot(), schedule.oneMinusAlphaBars[t].squareRoot())
    }
    var alphaBar: Double { schedule.alphaBars[step] }
    var beta: Double { schedule.betas[step] }

    var description: String {
      """
      x₀ = \(text(clean)), ε = \(text(epsilon)), t = \(step) of \(schedule.steps), \
      ᾱ_t = \(alphaBar.fixed(4))
      """
    }
  }

  private static func inputs(at steps: [Int]) -> [Input] {
    steps.flatMap { t in
      ExerciseSettings.pairs.map { Input(clean: $0.0, epsilon: $0.1, step: t) }
    }
  }

  static let comparison = AnswerCheck<Input>(
    inputs: inputs(at: ExerciseSettings.steps),
    edges: inputs(at: ExerciseSettings.edges),
    right: { $0.point(at: $0.step) },
    mistakes: [
      Mistake("The square roots are missing: multiply x₀ by √ᾱ_t and ε by √(1 − ᾱ_t).") {
        $0.point($0.alphaBar, 1 - $0.alphaBar)
      },
      Mistake("The square root of the signal is missing: multiply x₀ by √ᾱ_t, not by ᾱ_t.") {
        $0.point($0.alphaBar, (1 - $0.alphaBar).squareRoot())
      },
      Mistake(
        """
        You multiply the noise by its variance 1 − ᾱ_t; a standard normal takes the standard deviation, \
        √(1 − ᾱ_t).
        """
      ) { $0.point($0.alphaBar.squareRoot(), 1 - $0.alphaBar) },
      Mistake("The root is inside out: the noise is multiplied by √(1 − ᾱ_t), not by 1 − √ᾱ_t.") {
        $0.point($0.alphaBar.squareRoot(), 1 - $0.alphaBar.squareRoot())
      },
      Mistake("Signal and noise are swapped: √ᾱ_t belongs to x₀ and √(1 − ᾱ_t) to ε.") {
        $0.point((1 - $0.alphaBar).squareRoot(), $0.alphaBar.squareRoot())
      },
      Mistake("The sign of ε is wrong: the noise is added.") {
        $0.point($0.alphaBar.squareRoot(), -(1 - $0.alphaBar).squareRoot())
      },
      Mistake(
        """
        You took α_t = 1 − β_t, which is one step, for ᾱ_t, which is all steps up to t: use \
        schedule.alphaBars[t].
        """
      ) { $0.point((1 - $0.beta).squareRoot(), $0.beta.squareRoot()) },
      Mistake("The noise has the variance β_t of one step; after t steps it is 1 − ᾱ_t.") {
        $0.point($0.alphaBar.squareRoot(), $0.beta.squareRoot())
      },
      Mistake("Time runs backwards: t = 0 is data and t = T is noise, so use ᾱ_t and not ᾱ_{T−t}.") {
        $0.point(at: $0.schedule.steps - $0.step)
      },
      Mistake("Time runs backwards: t = 0 is data and t = T is noise, so use ᾱ_t and not ᾱ_{T+1−t}.") {
        $0.point(at: $0.schedule.steps + 1 - $0.step)
      },
      Mistake("Off by one: you used ᾱ_{t−1}. The arrays are indexed by t itself, with ᾱ₀ = 1 for the data.") {
        $0.point(at: $0.step - 1)
      },
      Mistake("Off by one: you used ᾱ_{t+1}. The arrays are indexed by t itself, with ᾱ₀ = 1 for the data.") {
        $0.point(at: $0.step + 1)
      },
      Mistake("The signal must shrink while the noise grows: multiply x₀ by √ᾱ_t.") {
        $0.point(1, (1 - $0.alphaBar).squareRoot())
      },
      Mistake("The noise is missing: add √(1 − ᾱ_t) · ε.") { $0.point($0.alphaBar.squareRoot(), 0) },
    ])

  /// The verdict on an answer, with a figure of its forward process on the two moons above the right one.
  package static func check(_ answer: Answer) -> CheckResult {
    let verdict = comparison.verdict { answer($0.clean, $0.epsilon, $0.step, $0.schedule) }
    return CheckResult(verdict: verdict, figure: figure(answer))
  }

  private static func figure(_ answer: Answer) -> AnswerFigure? {
    let raw = Moons().sample(count: 400, noise: NoiseSource(seed: 1, purpose: .data))
    guard let moons = Standardization(of: raw)?.apply(raw) else { return nil }
    let noise = NoiseSource(seed: 1, purpose: .forward)
    let schedule = ExerciseSettings.schedule
    let times = [2, 10, 20, 35, 49]
    func strip(_ function: Answer) -> [PointCloud]? {
      var clouds: [PointCloud] = []
      for t in times {
        let points = (0..<moons.count).compactMap {
          function(moons[$0], noise.normal(particle: $0), t, schedule)
        }
        guard points.count == moons.count else { return nil }
        clouds.append(PointCloud(points))
      }
      return clouds
    }
    guard let yours = strip(answer), let right = strip(ForwardProcessSolution.noisyPoint) else { return nil }
    return AnswerFigure(
      title: "Two moons on their way to noise", panels: times.map { "t = \($0)" }, yours: yours,
      right: right)
  }
}

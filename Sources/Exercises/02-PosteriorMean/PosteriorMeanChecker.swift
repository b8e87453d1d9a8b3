import DiffusionLab

/// Checks exercise 2: the mean of q(x_{t−1} | x_t, x₀).  Equations (2.4)
package enum PosteriorMeanChecker {
  /// A learner's function, which returns `nil` until it is written.
  package typealias Answer = (
    _ noisy: SIMD2<Double>, _ clean: SIMD2<Double>, _ step: Int, _ schedule: DiscreteSchedule
  ) -> SIMD2<Double>?

  struct Input: Sendable, CustomStringConvertible {
    let noisy, clean: SIMD2<Double>
    let step: Int

    var schedule: DiscreteSchedule { ExerciseSettings.schedule }
    var beta: Double { schedule.betas[step] }
    var alpha: Double { 1 - beta }
    var alphaBar: Double { schedule.alphaBars[step] }
    var previous: Double { schedule.alphaBars[step - 1] }
    /// The weights of x₀ and of x_t in the right formula.
    var weights: (clean: Double, noisy: Double) {
      (
        previous.squareRoot() * beta / (1 - alphaBar),
        alpha.squareRoot() * (1 - previous) / (1 - alphaBar)
      )
    }
    /// The mean with these two weights.
    func mean(_ cleanWeight: Double, _ noisyWeight: Double) -> SIMD2<Double> {
      cleanWeight * clean + noisyWeight * noisy
    }
    /// The same points at another step.
    func at(_ t: Int) -> Input { Input(noisy: noisy, clean: clean, step: t) }

    var description: String {
      """
      x_t = \(text(noisy)), x₀ = \(text(clean)), t = \(step) of \(schedule.steps), β_t = \(beta.fixed(4)), \
      ᾱ_t = \(alphaBar.fixed(4)), ᾱ_{t−1} = \(previous.fixed(4))
      """
    }
  }

  private static func inputs(at steps: [Int]) -> [Input] {
    steps.flatMap { t in
      ExerciseSettings.pairs.map { Input(noisy: $0.1, clean: $0.0, step: t) }
    }
  }

  static let comparison = AnswerCheck<Input>(
    inputs: inputs(at: ExerciseSettings.steps),
    edges: inputs(at: ExerciseSettings.edges),
    right: { $0.mean($0.weights.clean, $0.weights.noisy) },
    mistakes: [
      Mistake("The two weights are swapped: the one with β_t belongs to x₀, the one with 1 − ᾱ_{t−1} to x_t.")
      {
        $0.mean($0.weights.noisy, $0.weights.clean)
      },
      Mistake(
        "The square roots are missing: x₀ has √ᾱ_{t−1} and x_t has √α_t."
      ) {
        $0.mean(
          $0.previous * $0.beta / (1 - $0.alphaBar), $0.alpha * (1 - $0.previous) / (1 - $0.alphaBar))
      },
      Mistake("A square root is missing: the weight of x₀ has √ᾱ_{t−1}, not ᾱ_{t−1}.") {
        $0.mean($0.previous * $0.beta / (1 - $0.alphaBar), $0.weights.noisy)
      },
      Mistake("A square root is missing: the weight of x_t has √α_t, not α_t.") {
        $0.mean($0.weights.clean, $0.alpha * (1 - $0.previous) / (1 - $0.alphaBar))
      },
      Mistake("Off by one: you used ᾱ_t where the formula has ᾱ_{t−1}, which is schedule.alphaBars[t - 1].") {
        $0.mean($0.alphaBar.squareRoot() * $0.beta / (1 - $0.alphaBar), $0.alpha.squareRoot())
      },
      Mistake("Off by one: the weight of x₀ has √ᾱ_{t−1}, not √ᾱ_t.") {
        $0.mean($0.alphaBar.squareRoot() * $0.beta / (1 - $0.alphaBar), $0.weights.noisy)
      },
      Mistake("Off by one: the weight of x_t has 1 − ᾱ_{t−1}, not 1 − ᾱ_t.") {
        $0.mean($0.weights.clean, $0.alpha.squareRoot())
      },
      Mistake("You took ᾱ_t for α_t: the weight of x_t has √α_t with α_t = 1 − β_t, one step only.") {
        $0.mean($0.weights.clean, $0.alphaBar.squareRoot() * (1 - $0.previous) / (1 - $0.alphaBar))
      },
      Mistake("You took α for ᾱ: ᾱ_t and ᾱ_{t−1} are products of all steps, schedule.alphaBars.") {
        let before = 1 - $0.schedule.betas[$0.step - 1]
        return $0.mean(before.squareRoot(), $0.alpha.squareRoot() * (1 - before) / $0.beta)
      },
      Mistake("You divide by √(1 − ᾱ_t), a standard deviation; the formula divides by the variance 1 − ᾱ_t.")
      {
        let deviation = (1 - $0.alphaBar).squareRoot()
        return $0.mean($0.weights.clean * deviation, $0.weights.noisy * deviation)
      },
      Mistake("The denominator is missing: divide both weights by 1 − ᾱ_t.") {
        $0.mean($0.weights.clean * (1 - $0.alphaBar), $0.weights.noisy * (1 - $0.alphaBar))
      },
      Mistake("The weight of x₀ has β_t, what this step adds, not α_t = 1 − β_t.") {
        $0.mean($0.previous.squareRoot() * $0.alpha / (1 - $0.alphaBar), $0.weights.noisy)
      },
      Mistake("The weight of x₀ has β_t itself, not the posterior's variance β̃_t.") {
        let variance = $0.schedule.posteriorVariance(step: $0.step)
        return $0.mean($0.previous.squareRoot() * variance / (1 - $0.alphaBar), $0.weights.noisy)
      },
      Mistake("The sign of x_t is wrong: both points are added.") {
        $0.mean($0.weights.clean, -$0.weights.noisy)
      },
      Mistake(
        "Time runs backwards: t = 0 is data and t = T is noise, so index with t and not with T + 1 − t."
      ) {
        let reversed = $0.at($0.schedule.steps + 1 - $0.step)
        return reversed.mean(reversed.weights.clean, reversed.weights.noisy)
      },
    ])

  /// The verdict on an answer, with a figure of its reverse chain above the right one.
  package static func check(_ answer: Answer) -> CheckResult {
    let verdict = comparison.verdict { answer($0.noisy, $0.clean, $0.step, $0.schedule) }
    return CheckResult(verdict: verdict, figure: figure(answer))
  }

  /// The ancestral chain of the ring of 8 with the exact denoiser and the means of the answer.
  private static func figure(_ answer: Answer) -> AnswerFigure? {
    let schedule = ExerciseSettings.schedule
    let noise = NoiseSource(seed: 1, purpose: .sampling)
    let times = Array((1..<schedule.steps).reversed())
    let shown = [49, 35, 20, 10, 1]
    func strip(_ function: Answer) -> [PointCloud]? {
      let chain = ExerciseSettings.chain(along: times) {
        particle, noisy, clean, t, _ in
        let fresh = schedule.posteriorVariance(step: t).squareRoot()
        return function(noisy, clean, t, schedule)
          .map { $0 + fresh * noise.at(step: t).normal(particle: particle) }
      }
      return chain.map { clouds in shown.map { clouds[times[0] - $0] } }
    }
    guard let yours = strip(answer), let right = strip(PosteriorMeanSolution.posteriorMean) else {
      return nil
    }
    return AnswerFigure(
      title: "A reverse chain whose every step takes this mean", panels: shown.map { "t = \($0)" },
      yours: yours, right: right)
  }
}

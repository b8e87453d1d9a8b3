import DiffusionLab

/// Checks exercise 4: one Euler–Maruyama step of the reverse SDE.  Equations (4.2), (7.3)
package enum ReverseSDEChecker {
  /// A learner's function, which returns `nil` until it is written.
  package typealias Answer = (
    _ noisy: SIMD2<Double>, _ score: SIMD2<Double>, _ drift: Double, _ diffusion: Double, _ length: Double,
    _ noise: SIMD2<Double>
  ) -> SIMD2<Double>?

  /// The forward process of the inputs and of the figure: β from 0.1 to 20.
  static let process = VariancePreserving()

  struct Input: Sendable, CustomStringConvertible {
    let noisy, score, noise: SIMD2<Double>
    let time, length: Double

    var f: Double { process.drift(at: time) }
    var g: Double { process.squaredDiffusion(at: time).squareRoot() }

    /// x − (drift · f·x − pull · ψ)·h + std · ζ.
    func step(drift: Double = 1, pull: Double, std: Double) -> SIMD2<Double> {
      noisy - length * (drift * f * noisy - pull * score) + std * noise
    }

    /// The standard deviation of the noise, g·√h.
    var std: Double { g * length.squareRoot() }

    var description: String {
      """
      x_t = \(text(noisy)), ψ = \(text(score)), ζ = \(text(noise)), f = \(f.fixed(4)), g = \(g.fixed(4)), \
      h = \(length.fixed(4))
      """
    }
  }

  private static func inputs(_ steps: [(time: Double, length: Double)]) -> [Input] {
    steps.flatMap { time, length in
      ExerciseSettings.pairs.enumerated().map { i, pair in
        let zeta = NoiseSource(seed: 2, purpose: NoiseSource.Purpose("exercise")).normal(particle: i)
        return Input(noisy: pair.0, score: pair.1, noise: zeta, time: time, length: length)
      }
    }
  }

  static let comparison = AnswerCheck<Input>(
    inputs: inputs([(0.4, 0.01), (0.8, 0.02), (0.1, 0.05), (0.6, 0.25)]),
    edges: inputs([(1, 0.01), (0.01, 0.01), (1, 1)]),
    right: { $0.step(pull: $0.g * $0.g, std: $0.std) },
    mistakes: [
      Mistake("The sign of f·x is the forward one: time runs backwards, so the drift is subtracted.") {
        $0.step(drift: -1, pull: $0.g * $0.g, std: $0.std)
      },
      Mistake("The whole drift has the forward sign: the step is x − (f·x − g²·ψ)·h, since h is positive.") {
        $0.step(drift: -1, pull: -$0.g * $0.g, std: $0.std)
      },
      Mistake("The sign of the score is wrong: g²·ψ·h is added, because the score points to the data.") {
        $0.step(pull: -$0.g * $0.g, std: $0.std)
      },
      Mistake("This is a step of the forward SDE: backwards there are −f·x and the score.") {
        $0.step(drift: -1, pull: 0, std: $0.std)
      },
      Mistake("The score is missing: without −g²·ψ in the drift nothing pulls the point to the data.") {
        $0.step(pull: 0, std: $0.std)
      },
      Mistake("The drift f·x is missing: the reverse drift is f·x − g²·ψ.") {
        $0.step(drift: 0, pull: $0.g * $0.g, std: $0.std)
      },
      Mistake("The factor g² of the score is missing: the reverse drift is f·x − g²·ψ.") {
        $0.step(pull: 1, std: $0.std)
      },
      Mistake("The score is multiplied by g: it takes g², the rate at which variance grows.") {
        $0.step(pull: $0.g, std: $0.std)
      },
      Mistake(
        "The factor ½ belongs to the probability-flow ODE, which adds no noise: here the score takes g²."
      ) {
        $0.step(pull: 0.5 * $0.g * $0.g, std: $0.std)
      },
      Mistake("This is the probability-flow ODE: the SDE has g²·ψ without ½, and noise g·√h·ζ.") {
        $0.step(pull: 0.5 * $0.g * $0.g, std: 0)
      },
      Mistake("The noise is missing: add g·√h·ζ. Only the ODE, with ½·g², works without it.") {
        $0.step(pull: $0.g * $0.g, std: 0)
      },
      Mistake("√h is missing: noise over a length h has the standard deviation g·√h, not g.") {
        $0.step(pull: $0.g * $0.g, std: $0.g)
      },
      Mistake("The noise is multiplied by h: its variance is g²·h, so its standard deviation is g·√h.") {
        $0.step(pull: $0.g * $0.g, std: $0.g * $0.length)
      },
      Mistake("You used the variance g²·h of the noise for its std: multiply ζ by its root, g·√h.") {
        $0.step(pull: $0.g * $0.g, std: $0.g * $0.g * $0.length)
      },
      Mistake("The noise is multiplied by g²·√h: the standard deviation of noise of strength g is g·√h.") {
        $0.step(pull: $0.g * $0.g, std: $0.g * $0.std)
      },
      Mistake("The noise lacks its strength g: its standard deviation is g·√h.") {
        $0.step(pull: $0.g * $0.g, std: $0.length.squareRoot())
      },
      Mistake("The noise is subtracted: the distribution is right, but the step has + g·√h·ζ.") {
        $0.step(pull: $0.g * $0.g, std: -$0.std)
      },
      Mistake("h is missing in the drift: it is a rate, so multiply it by the length of the step.") {
        $0.noisy - ($0.f * $0.noisy - $0.g * $0.g * $0.score) + $0.std * $0.noise
      },
      Mistake("The drift is multiplied by √h: that belongs to the noise, the drift takes h itself.") {
        $0.noisy - $0.length.squareRoot() * ($0.f * $0.noisy - $0.g * $0.g * $0.score)
          + $0.std * $0.noise
      },
      Mistake("You give the change alone: add it to x.") {
        $0.step(pull: $0.g * $0.g, std: $0.std) - $0.noisy
      },
    ])

  /// The verdict on an answer, with a figure of its chain above the right one.
  package static func check(_ answer: Answer) -> CheckResult {
    let verdict = comparison.verdict {
      answer($0.noisy, $0.score, $0.f, $0.g, $0.length, $0.noise)
    }
    return CheckResult(verdict: verdict, figure: figure(answer))
  }

  /// The chain of 200 steps on the ring of 8 with the exact score and the steps of the answer.
  private static func figure(_ answer: Answer) -> AnswerFigure? {
    let steps = 200
    let times = (0...steps).map { 1 - Double($0) / Double(steps) * 0.995 }
    let shown = [0, 100, 140, 170, 200]
    let noise = NoiseSource(seed: 1, purpose: .sampling)
    func strip(_ function: Answer) -> [PointCloud]? {
      let chain = ExerciseSettings.chain(levels: times.map { process.level(at: $0) }) { i, noisy, clean, k in
        let level = process.level(at: times[k])
        let score = (level.signal * clean - noisy) / (level.noise * level.noise)
        return function(
          noisy, score, process.drift(at: times[k]), process.squaredDiffusion(at: times[k]).squareRoot(),
          times[k] - times[k + 1], noise.at(step: k).normal(particle: i))
      }
      return chain.map { clouds in shown.map { clouds[$0] } }
    }
    guard let yours = strip(answer), let right = strip(ReverseSDESolution.reverseSDEStep) else { return nil }
    return AnswerFigure(
      title: "Two hundred steps from noise to data, all of them this one",
      panels: shown.map { "t = \(times[$0].fixed(2))" }, yours: yours, right: right)
  }
}

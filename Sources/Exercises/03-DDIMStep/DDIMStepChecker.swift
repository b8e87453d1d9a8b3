import DiffusionLab

/// Checks exercise 3: one step of DDIM with η = 0.  Equations (7.2)
package enum DDIMStepChecker {
  /// A learner's function, which returns `nil` until it is written.
  package typealias Answer = (
    _ noisy: SIMD2<Double>, _ predictedNoise: SIMD2<Double>, _ source: Int, _ target: Int,
    _ schedule: DiscreteSchedule
  ) -> SIMD2<Double>?

  struct Input: Sendable, CustomStringConvertible {
    let noisy, epsilon: SIMD2<Double>
    let source, target: Int

    var schedule: DiscreteSchedule { ExerciseSettings.schedule }
    /// √ᾱ and √(1 − ᾱ) at the source.
    var from: (signal: Double, noise: Double) { coefficients(source) }
    /// √ᾱ and √(1 − ᾱ) at the target.
    var to: (signal: Double, noise: Double) { coefficients(target) }

    func coefficients(_ t: Int) -> (signal: Double, noise: Double) {
      (schedule.alphaBars[t].squareRoot(), schedule.oneMinusAlphaBars[t].squareRoot())
    }

    /// The two lines of the formula with these coefficients.
    func step(
      _ from: (signal: Double, noise: Double), _ to: (signal: Double, noise: Double)
    ) -> SIMD2<Double> {
      to.signal * (noisy - from.noise * epsilon) / from.signal + to.noise * epsilon
    }

    var description: String {
      """
      x_t = \(text(noisy)), ε̂ = \(text(epsilon)), from t = \(source) to s = \(target), \
      ᾱ_t = \(schedule.alphaBars[source].fixed(4)), ᾱ_s = \(schedule.alphaBars[target].fixed(4))
      """
    }
  }

  private static func inputs(_ steps: [(Int, Int)]) -> [Input] {
    steps.flatMap { t, s in
      ExerciseSettings.pairs.map { Input(noisy: $0.0, epsilon: $0.1, source: t, target: s) }
    }
  }

  static let comparison = AnswerCheck<Input>(
    inputs: inputs([(20, 15), (4, 2), (10, 9), (25, 5), (40, 30), (49, 40)]),
    edges: inputs([(1, 0), (5, 0), (50, 40), (50, 49), (50, 0)]),
    right: { $0.step($0.from, $0.to) },
    mistakes: [
      Mistake("The square roots are missing: x̂₀ and x_s are built with √ᾱ and √(1 − ᾱ).") {
        func squared(_ c: (signal: Double, noise: Double)) -> (Double, Double) {
          (c.signal * c.signal, c.noise * c.noise)
        }
        return $0.step(squared($0.from), squared($0.to))
      },
      Mistake("You used variances for standard deviations: ε̂ is multiplied by √(1 − ᾱ), not by 1 − ᾱ.") {
        $0.step(
          ($0.from.signal, $0.from.noise * $0.from.noise), ($0.to.signal, $0.to.noise * $0.to.noise))
      },
      Mistake("In the second line ε̂ is multiplied by √(1 − ᾱ_s), not by the variance 1 − ᾱ_s.") {
        $0.step($0.from, ($0.to.signal, $0.to.noise * $0.to.noise))
      },
      Mistake("The signal lacks its square root: divide by √ᾱ_t and multiply by √ᾱ_s.") {
        $0.step(
          ($0.from.signal * $0.from.signal, $0.from.noise), ($0.to.signal * $0.to.signal, $0.to.noise))
      },
      Mistake("x̂₀ is not divided by √ᾱ_t: undo the shrinking of the forward process.") {
        $0.step((1, $0.from.noise), $0.to)
      },
      Mistake("The sign of ε̂ in x̂₀ is wrong: the noise is taken away there.") {
        $0.step(($0.from.signal, -$0.from.noise), $0.to)
      },
      Mistake("The sign of ε̂ in the second line is wrong: the noise is put back there.") {
        $0.step($0.from, ($0.to.signal, -$0.to.noise))
      },
      Mistake("The sign of ε̂ is wrong in both lines: take the noise away, then put less of it back.") {
        $0.step(($0.from.signal, -$0.from.noise), ($0.to.signal, -$0.to.noise))
      },
      Mistake("Signal and noise are swapped in the second line: √ᾱ_s belongs to x̂₀, √(1 − ᾱ_s) to ε̂.") {
        $0.step($0.from, ($0.to.noise, $0.to.signal))
      },
      Mistake("The second line puts back the noise of t: it has √(1 − ᾱ_s), the noise of where you go.") {
        $0.step($0.from, ($0.to.signal, $0.from.noise))
      },
      Mistake("The noise is not put back: add √(1 − ᾱ_s) · ε̂ in the second line.") {
        $0.step($0.from, ($0.to.signal, 0))
      },
      Mistake("You stop at x̂₀: go forward again to s with the second line.") {
        $0.step($0.from, (1, 0))
      },
      Mistake("You go to t − 1, but the step leaves some out: use s, the time that is asked for.") {
        $0.step($0.from, $0.coefficients($0.source - 1))
      },
      Mistake("Off by one: x̂₀ is computed with ᾱ_{t−1}; the arrays are indexed by t itself.") {
        $0.step($0.coefficients($0.source - 1), $0.to)
      },
      Mistake("Off by one: the second line has ᾱ_s, not ᾱ_{s−1}; the arrays are indexed by s itself.") {
        $0.step($0.from, $0.coefficients($0.target - 1))
      },
      Mistake("Off by one in both lines: the arrays are indexed by t and s themselves, not by t − 1, s − 1.")
      {
        $0.step($0.coefficients($0.source - 1), $0.coefficients($0.target - 1))
      },
      Mistake("Time runs backwards: t and s are swapped. x̂₀ has ᾱ_t, x_s has ᾱ_s.") {
        $0.step($0.to, $0.from)
      },
      Mistake("Time runs backwards: t = 0 is data and t = T is noise, so use ᾱ_t and not ᾱ_{T−t}.") {
        let last = $0.schedule.steps
        return $0.step($0.coefficients(last - $0.source), $0.coefficients(last - $0.target))
      },
      Mistake("You took α for ᾱ: ᾱ_t is the product of all steps up to t, schedule.alphaBars[t].") {
        let (t, s) = ($0.schedule.betas[$0.source], $0.schedule.betas[$0.target])
        return $0.step(
          ((1 - t).squareRoot(), t.squareRoot()), ((1 - s).squareRoot(), s.squareRoot()))
      },
    ])

  /// The verdict on an answer, with a figure of its chain above the right one.
  package static func check(_ answer: Answer) -> CheckResult {
    let verdict = comparison.verdict {
      answer($0.noisy, $0.epsilon, $0.source, $0.target, $0.schedule)
    }
    return CheckResult(verdict: verdict, figure: figure(answer))
  }

  /// The chain of eight steps on the ring of 8 with the exact denoiser and the steps of the answer.
  private static func figure(_ answer: Answer) -> AnswerFigure? {
    let schedule = ExerciseSettings.schedule
    let times = Array(stride(from: 49, through: 1, by: -6))
    let shown = [49, 37, 25, 13, 1]
    func strip(_ function: Answer) -> [PointCloud]? {
      let chain = ExerciseSettings.chain(along: times) { _, noisy, clean, t, s in
        let level = schedule.level(step: t)
        return function(noisy, (noisy - level.signal * clean) / level.noise, t, s, schedule)
      }
      return chain.map { clouds in shown.map { clouds[(times[0] - $0) / 6] } }
    }
    guard let yours = strip(answer), let right = strip(DDIMStepSolution.ddimStep) else { return nil }
    return AnswerFigure(
      title: "Eight steps from noise to data, all of them this one", panels: shown.map { "t = \($0)" },
      yours: yours, right: right)
  }
}

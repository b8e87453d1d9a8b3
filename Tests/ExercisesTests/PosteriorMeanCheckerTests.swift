import DiffusionLab
import Testing

@testable import Exercises

@Suite("Exercise 2, the posterior mean")
struct PosteriorMeanCheckerTests {
  @Test("accepts the posterior of any two levels, and the noise form")
  func right() {
    let general = PosteriorMeanChecker.check { xt, x0, t, schedule in
      ReversePosterior(from: schedule.level(step: t), to: schedule.level(step: t - 1))
        .mean(noisy: xt, clean: x0)
    }
    #expect(general.verdict == .right)
    let noiseForm = PosteriorMeanChecker.check { xt, x0, t, schedule in
      // Equations (2.5)
      let level = schedule.level(step: t)
      let epsilon = (xt - level.signal * x0) / level.noise
      return (xt - schedule.betas[t] / level.noise * epsilon) / (1 - schedule.betas[t]).squareRoot()
    }
    #expect(noiseForm.verdict == .right)
  }

  @Test("tells the usual wrong answers apart")
  func wrong() {
    /// The formula from its ingredients, so that each can be mistaken.
    func check(
      _ parts:
        @escaping (_ alpha: Double, _ beta: Double, _ alphaBar: Double, _ previous: Double) -> (
          clean: Double, noisy: Double
        )
    ) -> String {
      PosteriorMeanChecker.check { xt, x0, t, schedule in
        let beta = schedule.betas[t]
        let weights = parts(1 - beta, beta, schedule.alphaBars[t], schedule.alphaBars[t - 1])
        return weights.clean * x0 + weights.noisy * xt
      }.reason
    }
    let roots = check { alpha, beta, alphaBar, previous in
      (previous * beta / (1 - alphaBar), alpha * (1 - previous) / (1 - alphaBar))
    }
    #expect(roots.hasPrefix("The square roots are missing"))
    let cumulative = check { _, beta, alphaBar, previous in
      (
        previous.squareRoot() * beta / (1 - alphaBar),
        alphaBar.squareRoot() * (1 - previous) / (1 - alphaBar)
      )
    }
    #expect(cumulative.hasPrefix("You took ᾱ_t for α_t"))
    let offByOne = check { alpha, beta, alphaBar, _ in
      (alphaBar.squareRoot() * beta / (1 - alphaBar), alpha.squareRoot())
    }
    #expect(offByOne.hasPrefix("Off by one: you used ᾱ_t"))
    let deviation = check { alpha, beta, alphaBar, previous in
      let root = (1 - alphaBar).squareRoot()
      return (previous.squareRoot() * beta / root, alpha.squareRoot() * (1 - previous) / root)
    }
    #expect(deviation.hasPrefix("You divide by √(1 − ᾱ_t)"))
    let swapped = PosteriorMeanChecker.check { xt, x0, t, schedule in
      PosteriorMeanSolution.posteriorMean(noisy: x0, clean: xt, step: t, schedule: schedule)
    }
    #expect(swapped.reason.hasPrefix("The two weights are swapped"))
    let reversed = PosteriorMeanChecker.check { xt, x0, t, schedule in
      PosteriorMeanSolution.posteriorMean(
        noisy: xt, clean: x0, step: schedule.steps + 1 - t, schedule: schedule)
    }
    #expect(reversed.reason.hasPrefix("Time runs backwards"))
  }

  @Test("every known mistake is told as itself")
  func mistakes() {
    expectEveryMistakeIsTold(PosteriorMeanChecker.comparison)
  }

  @Test("a merely wrong answer is told with its numbers; one that runs away still has a figure")
  func unknown() throws {
    let result = PosteriorMeanChecker.check { xt, x0, _, _ in 3 * xt + x0 }
    let explanation = try #require(result.explanation)
    #expect(explanation.reason.hasPrefix("This is none of the usual mistakes"))
    #expect(explanation.yours == text(3 * SIMD2(0.5, 2) + SIMD2(1, -0.5)))
    let last = try #require(result.figure?.yours.last)
    #expect(last.cloud.count == 0 && last.title == "t = 1 (400 off scale)")
  }

  @Test("a division by zero at t = 1 alone is told as such")
  func divisionByZero() {
    // Weights by precision: right for t > 1, but 1 − ᾱ₀ is 0.
    let result = PosteriorMeanChecker.check { xt, x0, t, schedule in
      let (beta, previous) = (schedule.betas[t], schedule.alphaBars[t - 1])
      let sum = previous.squareRoot() / (1 - previous) * x0 + (1 - beta).squareRoot() / beta * xt
      return sum / (1 / (1 - previous) + (1 - beta) / beta)
    }
    #expect(result.reason.contains("not a finite number"))
    #expect(result.explanation?.input.contains("t = 1 of 50") == true)
  }

  @Test("the right chain ends in the eight modes of the ring")
  func figure() throws {
    let ring = try #require(PosteriorMeanChecker.check(PosteriorMeanSolution.posteriorMean).figure).right
    let radii = try #require(ring.last).cloud.points.map { ($0 * $0).sum().squareRoot() }
    // Radius 2 in units of the ring's standard deviation √2.04, with a spread of 0.14.
    #expect(abs(radii.reduce(0, +) / 400 - 1.4) < 0.04)
    #expect(radii.allSatisfy { abs($0 - 1.4) < 0.8 })
  }
}

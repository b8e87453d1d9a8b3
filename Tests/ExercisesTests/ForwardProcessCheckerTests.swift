import DiffusionLab
import Testing

@testable import Exercises

@Suite("Exercise 1, the forward process")
struct ForwardProcessCheckerTests {
  @Test("accepts the formula however it is written")
  func right() {
    let byLevel = ForwardProcessChecker.check { x0, epsilon, t, schedule in
      schedule.level(step: t).noisy(x0, epsilon)
    }
    #expect(byLevel.verdict == .right)
    // A learner's own product of (1 − β_k) instead of the table.
    let byProduct = ForwardProcessChecker.check { x0, epsilon, t, schedule in
      let alphaBar = schedule.betas.prefix(t + 1).reduce(1) { $0 * (1 - $1) }
      return alphaBar.squareRoot() * x0 + (1 - alphaBar).squareRoot() * epsilon
    }
    #expect(byProduct.verdict == .right)
  }

  @Test("tells the usual wrong answers apart")
  func wrong() {
    let roots = ForwardProcessChecker.check { x0, epsilon, t, schedule in
      schedule.alphaBars[t] * x0 + (1 - schedule.alphaBars[t]) * epsilon
    }
    #expect(roots.reason.hasPrefix("The square roots are missing"))
    let reversed = ForwardProcessChecker.check { x0, epsilon, t, schedule in
      let alphaBar = schedule.alphaBars[schedule.steps - t]
      return alphaBar.squareRoot() * x0 + (1 - alphaBar).squareRoot() * epsilon
    }
    #expect(reversed.reason.hasPrefix("Time runs backwards"))
    let oneStep = ForwardProcessChecker.check { x0, epsilon, t, schedule in
      (1 - schedule.betas[t]).squareRoot() * x0 + schedule.betas[t].squareRoot() * epsilon
    }
    #expect(oneStep.reason.hasPrefix("You took α_t"))
    let sign = ForwardProcessChecker.check { x0, epsilon, t, schedule in
      schedule.alphaBars[t].squareRoot() * x0 - (1 - schedule.alphaBars[t]).squareRoot() * epsilon
    }
    #expect(sign.reason.hasPrefix("The sign of ε"))
    let swapped = ForwardProcessChecker.check { x0, epsilon, t, schedule in
      (1 - schedule.alphaBars[t]).squareRoot() * x0 + schedule.alphaBars[t].squareRoot() * epsilon
    }
    #expect(swapped.reason.hasPrefix("Signal and noise are swapped"))
    let previous = ForwardProcessChecker.check { x0, epsilon, t, schedule in
      schedule.level(step: t - 1).noisy(x0, epsilon)
    }
    #expect(previous.reason.hasPrefix("Off by one"))
    // Past the end of the array at t = T, where a wrong answer is not asked.
    let next = ForwardProcessChecker.check { x0, epsilon, t, schedule in
      schedule.level(step: t + 1).noisy(x0, epsilon)
    }
    #expect(next.reason.hasPrefix("Off by one: you used ᾱ_{t+1}"))
  }

  @Test("shows a wrong answer's numbers and figure")
  func example() throws {
    let result = ForwardProcessChecker.check { x0, _, _, _ in x0 }
    let explanation = try #require(result.explanation)
    #expect(explanation.reason.hasPrefix("This is none of the usual mistakes"))
    #expect(explanation.input.hasPrefix("x₀ = (1.0000, -0.5000), ε = (0.5000, 2.0000), t = 20 of 50"))
    #expect(explanation.yours == "(1.0000, -0.5000)")
    let alphaBar = ExerciseSettings.schedule.alphaBars[20]
    let (signal, noise) = (alphaBar.squareRoot(), (1 - alphaBar).squareRoot())
    #expect(explanation.right == text(SIMD2(signal + 0.5 * noise, 2 * noise - 0.5 * signal)))
    let figure = try #require(result.figure)
    #expect(figure.yours[0].cloud == figure.yours[4].cloud && figure.yours != figure.right)
  }

  @Test("every known mistake is told as itself")
  func mistakes() {
    expectEveryMistakeIsTold(ForwardProcessChecker.comparison)
  }

  @Test("points that are off scale or not finite are left out of the figure and counted")
  func offScale() throws {
    let result = ForwardProcessChecker.check { _, _, t, _ in
      t > 20 ? SIMD2(.nan, 0) : t > 10 ? SIMD2(1e9, 0) : .zero
    }
    #expect(result.reason.contains("not a finite number"))
    let panels = try #require(result.figure).yours
    #expect(panels.map(\.cloud.count) == [400, 400, 0, 0, 0])
    #expect(panels[2].title == "t = 20 (400 off scale)")
  }
}

/// Feeds every known mistake to its own check: each must be told as itself, which also shows that no two
/// mistakes are the same on the inputs and that none is right.
func expectEveryMistakeIsTold<Input>(_ comparison: AnswerCheck<Input>) {
  for mistake in comparison.mistakes {
    guard case .wrong(let explanation) = comparison.verdict(of: { mistake.answer($0) }) else {
      Issue.record("no fault found: \(mistake.reason)")
      continue
    }
    #expect(explanation.reason == mistake.reason)
    #expect(explanation.yours != explanation.right)
  }
}

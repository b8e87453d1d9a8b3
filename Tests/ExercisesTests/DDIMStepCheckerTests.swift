import DiffusionLab
import Testing

@testable import Exercises

@Suite("Exercise 3, one DDIM step")
struct DDIMStepCheckerTests {
  @Test("accepts the step as a change of noise-to-signal ratio")
  func right() {
    // x_s / a_s = x_t / a_t + (σ_s − σ_t) ε: Euler's step of Equations (4.5).
    let euler = DDIMStepChecker.check { xt, epsilon, t, s, schedule in
      let (from, to) = (schedule.level(step: t), schedule.level(step: s))
      return to.signal * (xt / from.signal + (to.sigma - from.sigma) * epsilon)
    }
    #expect(euler.verdict == .right)
  }

  @Test("tells the usual wrong answers apart")
  func wrong() {
    /// The formula with ᾱ_t and ᾱ_s replaced.
    func check(
      _ alphaBars: @escaping (_ t: Int, _ s: Int, _ schedule: DiscreteSchedule) -> (Double, Double)
    ) -> String {
      DDIMStepChecker.check { xt, epsilon, t, s, schedule in
        let (source, target) = alphaBars(t, s, schedule)
        let clean = (xt - (1 - source).squareRoot() * epsilon) / source.squareRoot()
        return target.squareRoot() * clean + (1 - target).squareRoot() * epsilon
      }.reason
    }
    #expect(check { t, _, schedule in (schedule.alphaBars[t], schedule.alphaBars[t - 1]) }.contains("t − 1"))
    #expect(
      check { t, s, schedule in (schedule.alphaBars[s], schedule.alphaBars[t]) }
        .hasPrefix("Time runs backwards: t and s are swapped"))
    #expect(
      check { t, s, schedule in
        (schedule.alphaBars[schedule.steps - t], schedule.alphaBars[schedule.steps - s])
      }.hasPrefix("Time runs backwards: t = 0 is data"))
    #expect(
      check { t, s, schedule in (1 - schedule.betas[t], 1 - schedule.betas[s]) }
        .hasPrefix("You took α for ᾱ"))
    #expect(
      check { t, s, schedule in
        let (source, target) = (schedule.alphaBars[t], schedule.alphaBars[s])
        return (source * source, target * target)
      }.hasPrefix("This is none of the usual mistakes"))
    let roots = DDIMStepChecker.check { xt, epsilon, t, s, schedule in
      let (source, target) = (schedule.alphaBars[t], schedule.alphaBars[s])
      return target * (xt - (1 - source) * epsilon) / source + (1 - target) * epsilon
    }
    #expect(roots.reason.hasPrefix("The square roots are missing"))
    let unscaled = DDIMStepChecker.check { xt, epsilon, t, s, schedule in
      let (source, target) = (schedule.alphaBars[t], schedule.alphaBars[s])
      return target.squareRoot() * (xt - (1 - source).squareRoot() * epsilon)
        + (1 - target).squareRoot() * epsilon
    }
    #expect(unscaled.reason.hasPrefix("x̂₀ is not divided"))
  }

  @Test("every known mistake is told as itself")
  func mistakes() {
    expectEveryMistakeIsTold(DDIMStepChecker.comparison)
  }

  @Test("a merely wrong answer is told with its numbers")
  func unknown() throws {
    let result = DDIMStepChecker.check { xt, epsilon, _, _, _ in xt - epsilon }
    let explanation = try #require(result.explanation)
    #expect(explanation.reason.hasPrefix("This is none of the usual mistakes"))
    #expect(explanation.input.contains("from t = 20 to s = 15"))
    #expect(explanation.yours == "(0.5000, -2.5000)")
    #expect(result.figure != nil)
  }

  @Test("the right chain ends in the eight modes of the ring")
  func figure() throws {
    let ring = try #require(DDIMStepChecker.check(DDIMStepSolution.ddimStep).figure).right
    let radii = try #require(ring.last).cloud.points.map { ($0 * $0).sum().squareRoot() }
    // Radius 2 in units of √2.04; eight steps leave a few points between the modes.
    #expect(abs(radii.reduce(0, +) / 400 - 1.4) < 0.06)
  }
}

import DiffusionLab
import Testing

@testable import Exercises

@Suite("Exercise 4, one step of the reverse SDE")
struct ReverseSDECheckerTests {
  @Test("accepts the step as the ODE's and half of the score again, with the noise")
  func right() {
    // The reverse SDE is the probability-flow ODE and Langevin dynamics at once.
    let split = ReverseSDEChecker.check { x, psi, f, g, h, zeta in
      let flow = x - h * (f * x - 0.5 * g * g * psi)
      return flow + 0.5 * g * g * h * psi + (g * g * h).squareRoot() * zeta
    }
    #expect(split.verdict == .right)
  }

  @Test("agrees with the sampler that steps the reverse SDE")
  func sampler() throws {
    let process = ReverseSDEChecker.process
    let grid = TimeGrid(process, times: [0.7, 0.65])
    let noise = NoiseSource(seed: 3, purpose: .sampling)
    let x = NoiseSource(seed: 3, purpose: .start).normalCloud(count: 5)
    let oracle = ExerciseSettings.oracle
    let ends = EulerMaruyama().sample(from: x, along: grid, using: oracle, noise: noise)
    let scores = oracle.score(x, at: process.level(at: 0.7))
    for i in 0..<5 {
      let step = try #require(
        ReverseSDESolution.reverseSDEStep(
          noisy: x[i], score: scores[i], drift: process.drift(at: 0.7),
          diffusion: process.squaredDiffusion(at: 0.7).squareRoot(), length: grid.times[0] - grid.times[1],
          noise: noise.at(step: 0).normal(particle: i)))
      // A few roundings of numbers of order 1.
      #expect((step - ends[i]).x.magnitude < 1e-13 && (step - ends[i]).y.magnitude < 1e-13)
    }
  }

  @Test("tells the usual wrong answers apart")
  func wrong() {
    typealias Step =
      @Sendable (SIMD2<Double>, SIMD2<Double>, Double, Double, Double, SIMD2<Double>) ->
      SIMD2<Double>
    let answers: [(reason: String, step: Step)] = [
      ("The sign of f·x", { x, psi, f, g, h, z in x + (f * x + g * g * psi) * h + g * h.squareRoot() * z }),
      ("The whole drift", { x, psi, f, g, h, z in x + (f * x - g * g * psi) * h + g * h.squareRoot() * z }),
      ("The factor g²", { x, psi, f, g, h, z in x - (f * x - psi) * h + g * h.squareRoot() * z }),
      ("√h is missing", { x, psi, f, g, h, z in x - (f * x - g * g * psi) * h + g * z }),
      ("The noise is multiplied by h", { x, psi, f, g, h, z in x - (f * x - g * g * psi) * h + g * h * z }),
      (
        "The factor ½",
        { x, psi, f, g, h, z in x - (f * x - 0.5 * g * g * psi) * h + g * h.squareRoot() * z }
      ),
      ("This is the probability-flow", { x, psi, f, g, h, z in x - (f * x - 0.5 * g * g * psi) * h }),
      ("This is a step of the forward", { x, psi, f, g, h, z in x + f * x * h + g * h.squareRoot() * z }),
    ]
    for (reason, step) in answers {
      #expect(ReverseSDEChecker.check(step).reason.hasPrefix(reason), "\(reason)")
    }
  }

  @Test("every known mistake is told as itself")
  func mistakes() {
    expectEveryMistakeIsTold(ReverseSDEChecker.comparison)
  }

  @Test("a merely wrong answer is told with its numbers")
  func unknown() throws {
    let result = ReverseSDEChecker.check { x, psi, _, _, _, _ in x - psi }
    let explanation = try #require(result.explanation)
    #expect(explanation.reason.hasPrefix("This is none of the usual mistakes"))
    #expect(explanation.input.contains("h = 0.0100") && explanation.input.contains("ψ = (0.5000, 2.0000)"))
    #expect(explanation.yours == "(0.5000, -2.5000)")
    #expect(result.figure != nil)
  }

  @Test("the right chain ends in the eight modes of the ring")
  func figure() throws {
    let ring = try #require(ReverseSDEChecker.check(ReverseSDESolution.reverseSDEStep).figure).right
    let radii = try #require(ring.last).cloud.points.map { ($0 * $0).sum().squareRoot() }
    // Radius 2 in units of √2.04; the mean of 400 radii of deviation 0.14 is right to 0.007.
    #expect(abs(radii.reduce(0, +) / 400 - 1.4) < 0.04)
  }
}

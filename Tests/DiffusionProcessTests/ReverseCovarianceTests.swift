import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@Suite("Reverse covariances")
struct ReverseCovarianceTests {
  static let points = NoiseSource(seed: 1, purpose: .data).normalCloud(count: 5)

  @Test("Fixed variances are β and β̃, and at the step to the data β₁ and β̃₂")
  func fixed() {
    let schedule = DiscreteSchedule.cosine(steps: 10)
    let (posterior, transition) = (FixedVariance.posterior(schedule), FixedVariance.transition)
    for t in 1...10 {
      let (from, to) = (schedule.levels[t], schedule.levels[t - 1])
      // A root and a square.
      #expect(
        isClose(transition.factors(Self.points, from: from, to: to)[2].product.xx, schedule.betas[t], 1e-15))
      let expected = schedule.posteriorVariance(step: max(t, 2))
      #expect(isClose(posterior.factors(Self.points, from: from, to: to)[0].product.yy, expected, 1e-15))
    }
  }

  @Test("A chain of one step has β₁ for both, and a strided one the V of its own last step but one")
  func edges() {
    let one = DiscreteSchedule.vpExact(steps: 1)
    #expect(
      one.lastPosteriorVariance() == ReversePosterior(from: one.levels[1], to: .clean).transitionVariance)
    let schedule = DiscreteSchedule.cosine(steps: 100)
    let visited = schedule.visits(steps: 4)
    #expect(visited == [100, 75, 50, 25, 0])
    let expected = ReversePosterior(from: schedule.levels[50], to: schedule.levels[25]).variance
    #expect(schedule.lastPosteriorVariance(visiting: visited) == expected)
    let steps = schedule.reverseSteps(visiting: visited)
    #expect(steps.map(\.start) == [100, 75, 50, 25] && steps.map(\.end) == [75, 50, 25, 0])
    #expect(steps[3].variances.posterior == expected)
    #expect(steps[3].posterior.variance == 0)
  }

  @Test("The best covariances are V·I + B²·Cov, its diagonal, and the mean of its trace")
  func optimal() throws {
    let oracle = GaussianMixture(try Fixture.load("reverse_kernel").gmms.aniso3)
    let schedule = DiscreteSchedule.cosine(steps: 50)
    let visited = [50, 20, 10, 0]
    for (t, s) in zip(visited, visited.dropFirst()) {
      let (from, to) = (schedule.levels[t], schedule.levels[s])
      let exact = oracle.reverseCovariance(Self.points, from: from, to: to)
      let full = OptimalCovariance(oracle).factors(Self.points, from: from, to: to)
      let diagonal = OptimalCovariance(oracle, isDiagonal: true).factors(Self.points, from: from, to: to)
      for i in 0..<5 {
        #expect(isClose(full[i].product, exact[i], 1e-15))
        #expect(isClose(diagonal[i].product, SymmetricMatrix(xx: exact[i].xx, xy: 0, yy: exact[i].yy), 1e-15))
      }
      let isotropic = OptimalVariance(oracle, schedule: schedule, visiting: visited)
        .factors(Self.points, from: from, to: to)[4]
      #expect(isClose(isotropic.product.xx, oracle.optimalVariance(from: from, to: to), 1e-15))
      #expect(isotropic.yx == 0 && isotropic.xx == isotropic.yy)
    }
  }

  @Test("Where nothing is uncertain the best factor is 0, not a crash")
  func certain() {
    let oracle = PointSetOracle(PointCloud([SIMD2(1, 2)]))
    let level = NoiseLevel(signal: 0.9, noise: 0.1)
    #expect(
      OptimalCovariance(oracle).factors(Self.points, from: level, to: .clean)[0]
        == LowerTriangle(xx: 0, yx: 0, yy: 0))
  }
}

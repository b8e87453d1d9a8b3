import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@Suite("The reverse kernel")
struct ReverseKernelTests {
  static let points = NoiseSource(seed: 1, purpose: .data).normalCloud(count: 5)

  static func mixture() throws -> GaussianMixture {
    try #require(Toys.all.named("aniso3")?.mixture)
  }

  @Test("Fixed variances are β and β̃, and at the step to the data β₁ and β̃₂")
  func fixed() throws {
    let schedule = DiscreteSchedule.cosine(steps: 10)
    let data = try Self.mixture()
    for t in 1...10 {
      let (from, to) = (schedule.levels[t], schedule.levels[t - 1])
      for (variance, expected) in [
        (ReverseVariance.transition, schedule.betas[t]),
        (.posterior, schedule.posteriorVariance(step: max(t, 2))),
      ] {
        let (clean, factors) = ReverseKernel(variance, of: data, along: schedule.levels(visiting: nil))
          .step(Self.points, from: from, to: to)
        #expect(clean == data.denoise(Self.points, at: from))
        // A root and a square.
        #expect(isClose(factors[2].product, SymmetricMatrix(isotropic: expected), 1e-15))
      }
    }
  }

  @Test("A chain of one step has β₁ for both, and a strided one the V of its own last step but one")
  func edges() {
    let one = DiscreteSchedule.vpExact(steps: 1)
    #expect(
      StepVariances.last(along: one.levels(visiting: nil))
        == ReversePosterior(from: one.levels[1], to: .clean).transitionVariance)
    let schedule = DiscreteSchedule.cosine(steps: 100)
    let visited = schedule.visits(steps: 4)
    #expect(visited == [100, 75, 50, 25, 0])
    let expected = ReversePosterior(from: schedule.levels[50], to: schedule.levels[25]).variance
    #expect(StepVariances.last(along: schedule.levels(visiting: visited)) == expected)
    let steps = schedule.reverseSteps(visiting: visited)
    #expect(steps.map(\.start) == [100, 75, 50, 25] && steps.map(\.end) == [75, 50, 25, 0])
    #expect(steps[3].variances.posterior == expected)
    #expect(steps[3].posterior.variance == 0)
  }

  @Test(
    "A chain may start below T: its steps are those of the whole, and its bound has the prior of its start")
  func start() {
    let schedule = DiscreteSchedule.cosine(steps: 100)
    let (whole, part) = ([100, 75, 50, 25, 0], [75, 50, 25, 0])
    #expect(
      Array(schedule.reverseSteps(visiting: whole).dropFirst()) == schedule.reverseSteps(visiting: part))
    let data = Gaussian(mean: SIMD2(0.3, -0.2), covariance: SymmetricMatrix(xx: 1.2, xy: 0.5, yy: 0.6))
    let bound = data.bound(.optimal, schedule: schedule, visiting: part)
    #expect(bound.prior.start == 75 && bound.steps.map(\.start) == [75, 50])
    // With the exact covariance only the prior is missed.  Equations (11.6)
    let miss = data.diffused(to: schedule.levels[75]).divergence(from: .isotropic())
    #expect(isClose(bound.nats, data.entropy + miss, 1e-13))
    #expect(miss > 1e-3, "much more than at T")
    let point = SIMD2(1.0, -1)
    let atPoint = data.bound(at: point, .optimal, schedule: schedule, visiting: part)
    let marginal = data.modelMarginal(.optimal, schedule: schedule, visiting: part)
    #expect(atPoint.prior.start == 75 && atPoint.nats > -marginal.logDensity(point))
    let estimate = VariationalBound(
      of: ReverseKernel(.optimal, of: data, along: schedule.levels(visiting: part)), schedule: schedule,
      visiting: part,
      points: NoiseSource(seed: 2, purpose: .heldOut).normalCloud(count: 2000).map {
        data.mean + data.covariance.squareRoot * $0
      }, noise: NoiseSource(seed: 2, purpose: .forward))
    // Five standard errors.
    #expect(abs(estimate.prior.nats - bound.prior.nats) < 5 * estimate.prior.standardError)
  }

  @Test("The best covariances are V·I + B²·Cov, its diagonal, and the mean of its trace")
  func optimal() throws {
    let oracle = try Self.mixture()
    let levels = DiscreteSchedule.cosine(steps: 50).levels(visiting: [50, 20, 10, 0])
    for (from, to) in zip(levels, levels.dropFirst()) {
      let exact = oracle.reverseCovariance(Self.points, from: from, to: to)
      func covariances(_ variance: ReverseVariance) -> [SymmetricMatrix] {
        ReverseKernel(variance, of: oracle, along: levels).step(Self.points, from: from, to: to)
          .factors.map(\.product)
      }
      let (full, diagonal, moments) = (
        covariances(.optimal), covariances(.optimalDiagonal), covariances(.moments)
      )
      for i in 0..<5 {
        let ofAxes = SymmetricMatrix(xx: exact[i].xx, xy: 0, yy: exact[i].yy)
        #expect(isClose(full[i], exact[i], 1e-15))
        #expect(isClose(diagonal[i], ofAxes, 1e-15))
        // The same variances by another sum over the components.
        #expect(isClose(moments[i], ofAxes, 1e-13))
      }
      let isotropic = SymmetricMatrix(isotropic: oracle.optimalVariance(from: from, to: to))
      #expect(isClose(covariances(.optimalIsotropic)[4], isotropic, 1e-15))
    }
  }

  @Test("Analytic-DPM's variance from the exact averages is the best isotropic one")
  func analytic() throws {
    let oracle = try Self.mixture()
    let levels = DiscreteSchedule.cosine(steps: 50).levels(visiting: [50, 20, 10, 0])
    // 1 − Γ = (a/s)²·E tr Cov / d.  Equations (13.3)
    let averages = levels.dropLast().map { ($0, 1 - oracle.irreducibleNoiseError(at: $0)) }
    let analytic = AnalyticVariance(
      averages: Dictionary(uniqueKeysWithValues: averages), dataVariance: oracle.covariance.trace / 2)
    for (from, to) in zip(levels, levels.dropFirst()) {
      let factors = ReverseKernel(.analytic, of: oracle, along: levels, analytic: analytic)
        .step(Self.points, from: from, to: to).factors
      // 1 − Γ loses the digits of σ² at high noise.
      #expect(isClose(factors[3].product.xx, oracle.optimalVariance(from: from, to: to), 1e-9))
    }
  }

  @Test("Where nothing is uncertain the best factor is 0, not a crash")
  func certain() {
    let oracle = PointSetOracle(PointCloud([SIMD2(1, 2)]))
    let level = NoiseLevel(signal: 0.9, noise: 0.1)
    let kernel = ReverseKernel(.optimal, of: oracle, along: [level, .clean])
    #expect(
      kernel.step(Self.points, from: level, to: .clean).factors[0] == LowerTriangle(xx: 0, yx: 0, yy: 0))
  }

  @Test("A denoiser that does not know a variance is refused with what it needs and what can be had")
  func problems() throws {
    struct Plain: Denoiser {
      func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) { clean = noisy }
    }
    let data = try Self.mixture()
    for variance in ReverseVariance.allCases {
      let plain = variance.problem(with: Plain())
      #expect((plain == nil) == [.transition, .posterior, .analytic].contains(variance))
      #expect(plain.map { $0.available == [.transition, .posterior, .analytic] } ?? true)
      #expect((variance.problem(with: data) == nil) == (variance.head == nil))
    }
    #expect(
      ReverseVariance.optimal.problem(with: Plain())?.description
        == "the variance optimal needs an exact denoiser, which knows Cov[x₀ | x_t]; take transition, posterior "
        + "or analytic")
  }
}

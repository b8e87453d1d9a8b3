import DiffusionProcess
import PointClouds
import RealModule
import TestSupport
import Testing

@testable import ReverseSampling

@Suite("The Gaussian mixture solver")
struct GaussianMixtureSolverTests {
  static let mixture = GaussianMixture([
    .init(weight: 0.5, mean: SIMD2(-1.2, 0.4), covariance: SymmetricMatrix(xx: 0.3, xy: 0.12, yy: 0.1)),
    .init(weight: 0.3, mean: SIMD2(1, 1.1), covariance: SymmetricMatrix(xx: 0.08, xy: -0.05, yy: 0.2)),
    .init(weight: 0.2, mean: SIMD2(0.6, -1.3), covariance: SymmetricMatrix(xx: 0.25, xy: 0.03, yy: 0.05)),
  ])
  static let from = NoiseLevel(signal: 0.6, noise: 0.8)
  static let to = NoiseLevel(signal: 0.8, noise: 0.6)
  let noise = NoiseSource(seed: 2, purpose: .sampling)

  /// What one step makes of many particles at the same place.
  private func step(
    _ sampler: GaussianMixtureSolver, at x: SIMD2<Double>, count: Int = 100_000
  ) -> (moments: ElementwiseMoments, covariance: Double) {
    var sampler = sampler
    var cloud = PointCloud(zeros: count).map { _ in x }
    sampler.step(&cloud, from: Self.from, to: Self.to, using: Self.mixture, noise: noise)
    let n = Double(count)
    let mean = cloud.points.reduce(.zero, +) / n
    var (second, third, across) = (SIMD2<Double>.zero, SIMD2<Double>.zero, 0.0)
    for point in cloud.points {
      let d = point - mean
      second += d * d / n
      third += d * d * d / n
      across += d.x * d.y / n
    }
    return (ElementwiseMoments(mean: mean, variance: second, third: third), across)
  }

  @Test("takes on a Gaussian the step with the optimal diagonal covariance, and needs no pick for it")
  func gaussian() {
    let data = GaussianMixture.gaussian(
      mean: SIMD2(0.3, -1), covariance: SymmetricMatrix(xx: 1.1, xy: 0.4, yy: 0.5))
    let start = NoiseSource(seed: 1, purpose: .start).normalCloud(count: 20)
    // Recorded noise has no numbers to pick by.
    let recorded = NoiseSource(recorded: [noise.normalCloud(count: 20).points])
    let posterior = ReversePosterior(from: Self.from, to: Self.to)
    let (clean, factors) = ReverseKernel(.optimalDiagonal, of: data, along: [Self.from, Self.to])
      .step(start, from: Self.from, to: Self.to)
    var x = start
    var sampler = GaussianMixtureSolver()
    sampler.step(&x, from: Self.from, to: Self.to, using: data, noise: recorded)
    for i in 0..<20 {
      let expected =
        posterior.mean(noisy: start[i], clean: clean[i]) + factors[i] * recorded.normal(particle: i)
      // A few roundings.
      #expect(isClose(x[i], expected, 1e-14))
    }
  }

  @Test("draws the three moments of the exact step")
  func moments() {
    let x = SIMD2(-1.2, -0.8)
    let exact = Self.mixture.reverseMoments(PointCloud([x]), from: Self.from, to: Self.to)[0]
    #expect(exact.skewedPairs.x.isFeasible && exact.skewedPairs.y.isFeasible)
    #expect(abs(exact.skewness.x) > 0.1 && abs(exact.skewness.y) > 0.1)
    let found = step(GaussianMixtureSolver(), at: x).moments
    for j in 0..<2 {
      let deviation = exact.variance[j].squareRoot()
      // Four standard errors of 100,000 draws, whose moments up to the sixth are about a normal number's.
      let n = 100_000.0.squareRoot()
      #expect(abs(found.mean[j] - exact.mean[j]) < 4 * deviation / n)
      #expect(abs(found.variance[j] - exact.variance[j]) < 4 * 2.0.squareRoot() * deviation * deviation / n)
      #expect(
        abs(found.third[j] - exact.third[j]) < 4 * 15.0.squareRoot() * deviation * deviation * deviation / n)
    }
  }

  @Test("gives the coordinates no covariance, that of one pick, or that of the exact step")
  func covariance() {
    let x = SIMD2(-1.2, -0.8)
    let exact = Self.mixture.reverseCovariance(PointCloud([x]), from: Self.from, to: Self.to)[0]
    let fit = Self.mixture.reverseMoments(PointCloud([x]), from: Self.from, to: Self.to)[0].skewedPairs
    let error = 4 * (exact.xx * exact.yy).squareRoot() / 100_000.0.squareRoot()
    let ofPick = fit.x.pickCovariance(fit.y)
    #expect(abs(exact.xy) > 4 * error && abs(ofPick - exact.xy) > 4 * error)
    #expect(abs(step(GaussianMixtureSolver(), at: x).covariance) < error)
    #expect(abs(step(GaussianMixtureSolver(picking: .perParticle), at: x).covariance - ofPick) < error)
    for picking in GaussianMixtureSolver.Picking.allCases {
      let kept = GaussianMixtureSolver(picking: picking, keepsCovariance: true)
      #expect(abs(step(kept, at: x).covariance - exact.xy) < error)
    }
  }

  @Test("is of the order that it says: what a step leaves out falls one order faster")
  func order() {
    let x = SIMD2(-1.2, -0.8)
    let process = VariancePreserving()
    let lengths = [0.004, 0.002, 0.001]
    let (left, leftBeyond) = lengths.reduce(into: ([Double](), [Double]())) { left, h in
      let exact = Self.mixture.reverseTransition(
        x, from: process.level(at: 0.3), to: process.level(at: 0.3 - h))
      left.0.append(abs(exact.covariance.xy))
      left.1.append(
        abs(
          exact.components.reduce(0) { sum, component in
            let d = component.mean - exact.mean
            let c = component.covariance
            // The third central moment E[x²y] of the coordinates across.
            return sum + component.weight * (d.x * d.x * d.y + c.xx * d.y + 2 * c.xy * d.x)
          }))
    }
    let steps = lengths.map { 1 / $0 }
    #expect(abs(fittedOrder(steps, left) - Double(GaussianMixtureSolver().order + 1)) < 0.15)
    let kept = GaussianMixtureSolver(keepsCovariance: true)
    #expect(abs(fittedOrder(steps, leftBeyond) - Double(kept.order + 1)) < 0.15)
  }

  @Test("ends at E[x₀ | x₁], as published, where the last step draws nothing")
  func lastStep() {
    let grid = TimeGrid(.cosine(steps: 10), steps: 1)
    let start = grid.start(count: 30, noise: NoiseSource(seed: 1, purpose: .start))
    let published = GaussianMixtureSolver(picking: .perParticle, noiseOnLastStep: false)
    let ends = published.sample(from: start, along: grid, using: Self.mixture, noise: noise)
    let expected = Self.mixture.denoise(start, at: grid.levels[0])
    for i in 0..<30 { #expect(isClose(ends[i], expected[i], 1e-12)) }
    #expect(
      GaussianMixtureSolver().sample(from: start, along: grid, using: Self.mixture, noise: noise) != ends)
  }

  @Test("returns the points of a point set, whose moments vanish at the data")
  func pointSet() {
    let data = NoiseSource(seed: 6, purpose: .data).normalCloud(count: 12)
    let grid = TimeGrid(.cosine(steps: 200), steps: 100)
    let ends = GaussianMixtureSolver().sample(
      from: grid.start(count: 60, noise: NoiseSource(seed: 1, purpose: .start)), along: grid,
      using: PointSetOracle(data), noise: noise)
    for end in ends.points {
      let nearest = data.points.map { (($0 - end) * ($0 - end)).sum().squareRoot() }.min() ?? .infinity
      // The last step starts at noise 0.02, where of two points that are not nearer than that one explains all.
      #expect(nearest < 0.01)
    }
  }

  /// A denoiser that knows the coordinates apart.
  private struct OnlyMoments: MomentDenoiser {
    func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) { clean = noisy }

    func moments(_ noisy: PointCloud, at level: NoiseLevel) -> [ElementwiseMoments] {
      noisy.points.map { ElementwiseMoments(mean: $0, variance: .zero, third: .zero) }
    }
  }

  @Test("is refused with the reason and the remedy by a denoiser that knows the mean alone")
  func refusal() throws {
    let grid = TimeGrid(.cosine(steps: 10), steps: 5)
    let entry = try #require(Samplers.all.named("gms"))
    let problem = try #require(entry.rule.need.problem(with: SamplerRegistryTests.Plain(), along: grid))
    #expect(problem.contains("three moments") && problem.contains("loss gms"))
    #expect(entry.rule.need.problem(with: Self.mixture, along: grid) == nil)
    let full = try #require(Samplers.all.named("gms-full"))
    #expect(full.rule.need.problem(with: SamplerRegistryTests.Plain(), along: grid) == problem)
    #expect(full.rule.need.problem(with: OnlyMoments(), along: grid)?.contains("Cov[x₀ | x_t]") == true)
    #expect(full.rule.need.problem(with: Self.mixture, along: grid) == nil)
    #expect(entry.rule.need.problem(with: PointSetOracle(PointCloud([.zero])), along: grid) == nil)
  }
}

import DiffusionProcess
import PointClouds
import RealModule
import ReverseSampling
import TestSupport
import Testing

@Suite("Likelihood by the probability-flow ODE", .fixtures)
struct FlowLikelihoodTests {
  static let processes: [any ContinuousProcess] = [
    VariancePreserving(), SubVariancePreserving(), VarianceExploding(), RectifiedFlow(),
  ]
  static let tight = DormandPrince.Tolerance(absolute: 1e-10, relative: 1e-10)
  private let gaussian = Gaussian(
    mean: SIMD2(0.3, -0.2), covariance: SymmetricMatrix(xx: 0.5, xy: 0.2, yy: 0.3))
  private let points = PointCloud([SIMD2(0.3, -0.2), SIMD2(1.1, 0.4), SIMD2(-2, 1)])

  @Test("A Gaussian is carried by its flow map, and has its log density", arguments: processes.indices)
  func closedForm(index: Int) {
    let process = Self.processes[index]
    let (first, last) = (process.level(at: 0.01), process.level(at: 1))
    let likelihood = FlowLikelihood(process, solver: .dormandPrince(start: 0.01, Self.tight))
    let found = likelihood.evaluate(
      points, using: gaussian, last: gaussian.diffused(to: last).logDensity)
    let smoothed = gaussian.diffused(
      to: NoiseLevel(signal: 1, noise: first.noise / first.signal))
    for i in 0..<points.count {
      // Some tens of steps, each within 1e-10.
      let end = gaussian.flow(first.signal * points[i], from: first, to: last)
      #expect(isClose(found.latent[i], end, 1e-8))
      #expect(isClose(found.logDensity[i], smoothed.logDensity(points[i]), 1e-8), "\(process.name)")
    }
  }

  @Test("The density of the oracle obeys the continuity equation", arguments: processes.indices)
  func continuity(index: Int) throws {
    let mixture = try #require(Toys.all.named("aniso3")?.mixture)
    let process = Self.processes[index]
    let flow = ProbabilityFlow(process)
    for time in [0.02, 0.3, 0.7, 0.95] {
      let (velocity, divergence) = flow.velocityAndDivergence(points, at: time, using: mixture)
      let level = process.level(at: time)
      for i in 0..<points.count {
        let h = 1e-5
        let rate =
          (mixture.logDensity(points[i], at: process.level(at: time + h))
            - mixture.logDensity(points[i], at: process.level(at: time - h))) / (2 * h)
        let along = (velocity[i] * mixture.score(points[i], at: level)).sum()
        // Equations (4.6). A central difference: its error is h² times a third derivative, which at t = 0.02 is
        // that of noise of 0.02, and rounding over h.
        let scale = max(1, abs(rate), abs(divergence[i]))
        #expect(abs(rate + along + divergence[i]) < 1e-6 * scale, "\(process.name) at \(time)")
        #expect(isClose(velocity[i], flow.velocity(points, at: time, using: mixture)[i], 1e-12))
      }
    }
  }

  @Test("The derivative of an oracle is that of its answer")
  func oracleJacobians() throws {
    let mixture = try #require(Toys.all.named("ring8")?.mixture)
    let oracles: [any JacobianDenoiser] = [
      mixture, gaussian,
      PointSetOracle(mixture.sample(count: 40, noise: NoiseSource(seed: 1, purpose: .data))),
    ]
    for oracle in oracles {
      for level in [
        NoiseLevel(signal: 0.9, noise: 0.5), NoiseLevel(signal: 1e-3, noise: 1),
        NoiseLevel(signal: 0, noise: 1),
      ] {
        let (clean, jacobians) = oracle.linearized(points, at: level)
        let answer = oracle.denoise(points, at: level)
        let h = 1e-5
        let (right, left) = (
          oracle.denoise(points.map { $0 + SIMD2(h, 0) }, at: level),
          oracle.denoise(points.map { $0 - SIMD2(h, 0) }, at: level)
        )
        for i in 0..<points.count {
          // The same sum in another order.
          #expect(isClose(clean[i], answer[i], 1e-13))
          // Central differences: h² times the third derivative, and rounding over h.
          let byX = (right[i] - left[i]) / (2 * h)
          #expect(isClose(SIMD2(jacobians[i].xx, jacobians[i].yx), byX, 1e-7), "\(level)")
        }
      }
    }
  }

  @Test("Agrees with the reference on every mixture and process")
  func reference() throws {
    let fixture = try Fixture.load("pf_ode_likelihood")
    for entry in fixture.cases.list {
      let mixture = GaussianMixture(fixture.gmms[entry.gmm.string])
      let process = try entry.process.continuousProcess(entry.process_parameters)
      let x0 = PointCloud(entry.x0.points)
      let last = mixture.diffused(to: process.level(at: 1))
      let start = process.level(at: 0)
      let found = FlowLikelihood(process, solver: .dormandPrince(start: 0, Self.tight))
        .evaluate(x0, using: mixture, last: last.logDensity)
      let prior = Gaussian.isotropic(standardDeviation: process.priorStandardDeviation)
      let stepped = FlowLikelihood(process, start: 0, steps: entry.rk4_fixed_steps.int)
        .evaluate(x0, using: mixture)
      for i in 0..<x0.count {
        let exact = entry.exact_log_density[i].double
        let tolerance = fixture.tolerance
        #expect(isClose(mixture.diffused(to: start).logDensity(x0[i]), exact, 1e-9), "\(entry.path)")
        #expect(isClose(found.logDensity[i], exact, tolerance), "\(entry.path)")
        #expect(isClose(found.latent[i], entry.latent_x1[i].point, tolerance), "\(entry.path)")
        #expect(isClose(found.integral[i], entry.integral_of_divergence[i].double, tolerance))
        #expect(
          isClose(
            last.logDensity(found.latent[i]), entry.exact_log_density_of_latent[i].double, tolerance))
        let byPrior = prior.logDensity(found.latent[i])
        #expect(isClose(byPrior, entry.gaussian_prior_log_density_of_latent[i].double, tolerance))
        #expect(
          isClose(
            found.integral[i] + byPrior, entry.log_likelihood_with_gaussian_prior[i].double, tolerance))
        // The same stages, so the same error.
        #expect(isClose(stepped.latent[i], entry.rk4_latent[i].point, tolerance))
        #expect(
          isClose(stepped.integral[i], entry.rk4_integral_of_divergence[i].double, tolerance),
          "\(entry.path)")
      }
    }
  }

  @Test("On the oracle log p is exact to 1e-6 for each process", arguments: processes.indices)
  func exactOnOracle(index: Int) throws {
    let process = Self.processes[index]
    for name in ["ring8", "aniso3"] {
      let mixture = try #require(Toys.all.named(name)?.mixture)
      let data = mixture.sample(count: 20, noise: NoiseSource(seed: 2, purpose: .heldOut))
      let found = FlowLikelihood(process, solver: .dormandPrince(start: 0, Self.tight)).evaluate(
        data, using: mixture, last: mixture.diffused(to: process.level(at: 1)).logDensity)
      let first = mixture.diffused(to: process.level(at: 0))
      for i in 0..<data.count {
        #expect(abs(found.logDensity[i] - first.logDensity(data[i])) < 1e-6, "\(process.name), \(name)")
      }
    }
  }

  @Test("A later start gives the density of the smoothed data, on the scale of the data")
  func laterStart() {
    let process = VariancePreserving()
    let level = process.level(at: 0.1)
    let likelihood = FlowLikelihood(process, start: 0.1, steps: 200)
    let found = likelihood.evaluate(
      points, using: gaussian, last: gaussian.diffused(to: process.level(at: 1)).logDensity)
    let smoothed = gaussian.diffused(to: NoiseLevel(signal: 1, noise: level.sigma))
    // 200 steps of fourth order over a smooth flow.
    for i in 0..<3 { #expect(isClose(found.logDensity[i], smoothed.logDensity(points[i]), 1e-6)) }
  }

  @Test("Runge–Kutta converges at fourth order, and a power of 2 makes the first steps short")
  func order() {
    let level = RectifiedFlow().level(at: 0.1)
    let smoothed = gaussian.diffused(to: NoiseLevel(signal: 1, noise: level.sigma))
    func error(_ steps: Int) -> Double {
      let found = FlowLikelihood(RectifiedFlow(), start: 0.1, steps: steps).evaluate(points, using: gaussian)
      return (0..<3).map { abs(found.logDensity[$0] - smoothed.logDensity(points[$0])) }.max() ?? 0
    }
    let slope = Double.log(error(20) / error(40)) / Double.log(2)
    #expect(abs(slope - 4) < 0.15, "\(slope)")
    guard case .rungeKutta4(let times) = FlowLikelihood(RectifiedFlow(), start: 0, steps: 10, power: 2).solver
    else {
      Issue.record("a number of steps gives another solver")
      return
    }
    #expect(isClose(times[1], 0.01, 1e-12) && times[10] == 1)
  }
}

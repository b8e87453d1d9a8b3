import DiffusionProcess
import PointClouds
import RealModule
import TestSupport
import Testing

@testable import ReverseSampling

@Suite("Runge–Kutta methods", .fixtures)
struct RungeKuttaTests {
  /// Two turns of the plane at different speeds: x(t) is known.
  private func turn(_ x: [SIMD4<Double>], _ time: Double) -> [SIMD4<Double>] {
    x.map { SIMD4(-$0.y, $0.x, -2 * time * $0.w, 2 * time * $0.z) }
  }

  private func turned(to time: Double) -> SIMD4<Double> {
    let square = time * time
    return SIMD4(Double.cos(time), Double.sin(time), Double.cos(square), Double.sin(square))
  }

  @Test("Both have their order, up in time and down", arguments: [(0.0, 2.0), (2.0, 0.0)])
  func order(start: Double, end: Double) {
    func error(_ steps: Int, _ move: ([SIMD4<Double>], Double, Double) -> [SIMD4<Double>]) -> Double {
      let times = (0...steps).map { start + (end - start) * Double($0) / Double(steps) }
      let found = zip(times, times.dropFirst()).reduce([turned(to: start)]) { move($0, $1.0, $1.1) }
      let away = found[0] - turned(to: end)
      return (away * away).sum().squareRoot()
    }
    let counts = [20, 40, 80]
    let classical = counts.map {
      error($0) { RungeKutta.classicalStep($0, from: $1, to: $2, turn) }
    }
    let pair = counts.map {
      error($0) { RungeKutta.attempt($0, at: $1, by: $2 - $1, first: turn($0, $1), turn).solution }
    }
    #expect(abs(fittedOrder(counts.map(Double.init), classical) - 4) < 0.15, "\(classical)")
    #expect(abs(fittedOrder(counts.map(Double.init), pair) - 5) < 0.15, "\(pair)")
  }

  @Test("Steps of the pair's own are within the tolerance, up in time and down", arguments: [1e-4, 1e-8])
  func adaptive(bound: Double) {
    let tolerance = DormandPrince.Tolerance(absolute: bound, relative: bound)
    for (start, end) in [(0.0, 2.0), (2.0, 0.0)] {
      var slopes = 0
      let found = RungeKutta.integrate(
        turned(to: start), from: start, to: end, firstStep: (end - start) / 100, tolerance
      ) {
        slopes += 1
        return turn($0, $1)
      }
      let away = found - turned(to: end)
      // Some tens of steps, each within twice the bound, for |x| is at most 1; a turn does not make errors grow.
      #expect((away * away).sum().squareRoot() < 40 * bound)
      #expect(slopes % 6 == 1 && slopes < 6 * 100, "first same as last")
    }
  }

  @Test("Dormand–Prince reports the reference's error, and with control reaches the converged end point")
  func dormandPrince() throws {
    let fixture = try Fixture.load("trajectories")
    let oracle = GaussianMixture(fixture.gmm_definition)
    let process = try fixture.pf_ode.process.continuousProcess(fixture.pf_ode.parameters)
    let flow = ProbabilityFlow(process)
    let solver = DormandPrince(tolerance: .init(absolute: 1e-9, relative: 1e-9))
    let start = PointCloud(fixture.x_start_unit_noise.points)
    let times = fixture.pf_ode.t_grid.doubles
    func slope(_ x: [SIMD2<Double>], _ time: Double) -> [SIMD2<Double>] {
      flow.velocity(PointCloud(x), at: time, using: oracle).points
    }
    var x = start.points
    for (i, errors) in fixture.pf_ode.dormand_prince_embedded_error.list.enumerated() {
      let trial = RungeKutta.attempt(
        x, at: times[i], by: times[i + 1] - times[i], first: slope(x, times[i]), slope)
      for (ours, theirs) in zip(trial.error, errors.points) {
        // The smallest are differences of numbers near 1 and keep the rounding of those, 1e-14.
        #expect(abs(ours.x - theirs.x) < 1e-13 + 1e-6 * abs(theirs.x), "\(errors.path)")
        #expect(abs(ours.y - theirs.y) < 1e-13 + 1e-6 * abs(theirs.y), "\(errors.path)")
      }
      x = trial.solution
    }
    let grid = TimeGrid(process, times: [times[0], times[times.count - 1]])
    let none = NoiseSource(seed: 0, purpose: .sampling)
    let ends = solver.sample(from: start, along: grid, using: oracle, noise: none)
    for (ours, theirs) in zip(ends.points, fixture.pf_ode.converged_endpoint.points) {
      // Some tens of steps, each within 1e-9.
      #expect(isClose(ours, theirs, 1e-7))
    }
    let alone = solver.sample(from: start.prefix(1), along: grid, using: oracle, noise: none)
    #expect(alone[0] == ends[0], "a particle depends on no other")
  }

  @Test("Rounding does not carry a stage to where there is no flow")
  func pastTheEnd() {
    // 1 + (10⁻¹⁷ − 1) is 0, and there is no flow without noise.
    let grid = TimeGrid(VariancePreserving(), times: [1, 1e-17])
    let oracle = GaussianMixture.gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: 1))
    let end = DormandPrince().sample(
      from: PointCloud([SIMD2(1, -1)]), along: grid, using: oracle,
      noise: NoiseSource(seed: 0, purpose: .sampling))
    #expect(grid.levels[1].noise > 0 && end[0].x.isFinite && end[0].y.isFinite)
  }

  @Test("Where the slope is no number the search for a step ends")
  func notANumber() {
    let found = RungeKutta.integrate(
      SIMD2(1.0, 1), from: 0, to: 1, firstStep: 0.1, DormandPrince.Tolerance()
    ) { x, time in
      x.map { time < 0.5 ? $0 : SIMD2(repeating: .nan) }
    }
    #expect(found.x.isNaN && found.y.isNaN)
  }

  @Test("A flow too steep to follow is given up, and not followed for hours")
  func steep() {
    let found = RungeKutta.integrate(
      SIMD2(1.0, 1), from: 0, to: 1, firstStep: 0.1, DormandPrince.Tolerance()
    ) { x, _ in x.map { -1e9 * $0 } }
    #expect(found.x.isNaN && found.y.isNaN)
  }

  @Test("A tolerance near rounding stays far from the number of steps that are allowed")
  func steps() {
    // Two spots of deviation 0.01: the flow is steep, and steepest at the end.
    let oracle = GaussianMixture([
      .init(weight: 0.5, mean: SIMD2(-1, 0), covariance: SymmetricMatrix(isotropic: 1e-4)),
      .init(weight: 0.5, mean: SIMD2(1, 0), covariance: SymmetricMatrix(isotropic: 1e-4)),
    ])
    let flow = ProbabilityFlow(VariancePreserving())
    var slopes = 0
    let end = RungeKutta.integrate(
      SIMD2(0.02, 1.5), from: 1, to: 1e-6, firstStep: -1e-3,
      DormandPrince.Tolerance(absolute: 1e-13, relative: 1e-13)
    ) { x, time in
      slopes += 1
      return flow.velocity(PointCloud(x), at: max(time, 1e-6), using: oracle).points
    }
    // A tenth of the 20,000 steps, of six slopes each.
    #expect(end.x.isFinite && end.y.isFinite && slopes < 6 * 2000)
  }
}

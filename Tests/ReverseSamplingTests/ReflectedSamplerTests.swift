import DiffusionProcess
import PointClouds
import ReverseSampling
import Synchronization
import TestSupport
import Testing

@Suite("Samplers between walls", .fixtures)
struct ReflectedSamplerTests {
  /// A score that pushes hard against one corner, and counts how often it is asked.
  final class Push: ReflectedScore {
    private let count = Atomic(0)
    var calls: Int { count.load(ordering: .relaxed) }
    func score(_ x: PointCloud, sigma: Double, into score: inout PointCloud) {
      count.add(1, ordering: .relaxed)
      for i in 0..<x.count { score[i] = SIMD2(50, -30) / sigma }
    }
  }

  private func setting() throws -> (ReflectedDiffusion, ReflectedPointSet, Fixture) {
    let fixture = try Fixture.load("reflected")
    let chain = fixture.reflected_euler_maruyama
    return (
      ReflectedDiffusion(sigmaMin: chain.sigma_min.double, sigmaMax: chain.sigma_max.double),
      ReflectedPointSet(PointCloud(fixture.data_points_unit_square.points)), fixture
    )
  }

  @Test("Every step of Euler–Maruyama lands where the reference does, on the reference's noise")
  func reference() throws {
    let (diffusion, oracle, fixture) = try setting()
    let chain = fixture.reflected_euler_maruyama
    let states = chain.states.list.map(\.points)
    let trajectory = ReflectedEulerMaruyama().trajectory(
      from: PointCloud(states[0]), along: chain.t_grid.doubles, of: diffusion, using: oracle,
      noise: NoiseSource(recorded: chain.noise.list.map(\.points)))
    #expect(trajectory.count == states.count)
    for (step, (cloud, expected)) in zip(trajectory.clouds, states).enumerated() {
      for (ours, theirs) in zip(cloud.points, expected) {
        #expect(isClose(ours, theirs, fixture.tolerance), "step \(step)")
      }
    }
  }

  @Test("The flow converges to the reference's end points, with order 2")
  func flow() throws {
    let (diffusion, oracle, fixture) = try setting()
    let start = PointCloud(fixture.reflected_euler_maruyama.states[0].points)
    let expected = fixture.reflected_pf_ode_endpoint.points
    let times = fixture.reflected_euler_maruyama.t_grid.doubles
    let (first, last) = (times[0], times[times.count - 1])
    func end(_ steps: Int) -> PointCloud {
      ReflectedFlow().sample(
        from: start, along: diffusion.times(steps: steps).map { last + (first - last) * $0 }, of: diffusion,
        using: oracle, noise: NoiseSource(seed: 0, purpose: .sampling))
    }
    let (coarse, fine, finest) = (end(200), end(400), end(800))
    for i in 0..<start.count {
      func distance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
        ((a - b) * (a - b)).sum().squareRoot()
      }
      // Halving the step of a second-order method quarters the error; higher terms are still there, and in another
      // set they may be large.
      let ratio = distance(coarse[i], finest[i]) / distance(fine[i], finest[i])
      let isSecondOrder = (4.3...5.7).contains(ratio)
      #expect(!Fixture.isOwnFolder || isSecondOrder, "(1 − 1/16) / (1/4 − 1/16) = 5, not \(ratio)")
      // Richardson's extrapolation leaves an error of the third order.
      let limit = finest[i] + (finest[i] - fine[i]) / 3
      #expect(isClose(limit, expected[i], 1e-6))
    }
  }

  @Test("No step leaves the box, whatever the score, and costs what the sampler says")
  func inside() {
    let diffusion = ReflectedDiffusion()
    let start = diffusion.prior(count: 50, noise: NoiseSource(seed: 1, purpose: .start))
    for sampler in [ReflectedEulerMaruyama(), ReflectedFlow()] as [any ReflectedSampler] {
      let push = Push()
      let trajectory = sampler.trajectory(
        from: start, along: diffusion.times(steps: 15), of: diffusion, using: push,
        noise: NoiseSource(seed: 1, purpose: .sampling))
      #expect(trajectory.clouds.allSatisfy { DataBox.unit.shareOutside($0) == 0 })
      #expect(push.calls == 15 * sampler.evaluationsPerStep)
      #expect(trajectory.levels.last?.noise == diffusion.sigmaMin && trajectory.times.last == 0)
      let samples = sampler.sample(
        from: start, along: diffusion.times(steps: 15), of: diffusion, using: push,
        noise: NoiseSource(seed: 1, purpose: .sampling))
      #expect(samples == trajectory.samples)
    }
  }

  @Test("These are all samplers that need a score between walls")
  func names() {
    #expect(
      Samplers.all.filter { $0.rule.need == .walls }.map(\.name) == ["reflected-em", "reflected-ode"])
  }
}

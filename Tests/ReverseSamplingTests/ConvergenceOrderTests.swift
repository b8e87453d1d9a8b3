import DiffusionProcess
import PointClouds
import RealModule
import ReverseSampling
import TestSupport
import Testing

@Suite("Orders of convergence on the exact mixture", .fixtures)
struct ConvergenceOrderTests {
  /// The solver of a name in the file, for the process of the file.
  static func solver(_ name: String, _ process: any ContinuousProcess) -> (any Sampler)? {
    if let eta = Fixture.ddimEta(name) { return DDIM(eta: eta) }
    return switch name {
    case "euler": FlowEuler()
    case "heun": FlowHeun()
    case "rk4": FlowRK4()
    case "dormand_prince5": FixedStepDormandPrince()
    case "dpm_solver_pp_2m": DPMSolverPlusPlus()
    case "edm_euler_karras": EDMEuler()
    case "edm_heun_karras": EDMHeun()
    default: nil
    }
  }

  @Test("Errors are the reference's, and fall at the documented order")
  func order() throws {
    let fixture = try Fixture.load("convergence_orders")
    let oracle = GaussianMixture(fixture.gmm_definition)
    let process = try fixture.process.continuousProcess(fixture.parameters)
    let counts = fixture.N_list.list.map(\.int)
    let tolerance = fixture.tolerance
    for (name, reference) in fixture.solvers.members {
      let sampler = try #require(Self.solver(name, process), "\(reference.path)")
      #expect(sampler.order == reference.nominal_order.int)
      let errors = try counts.map { steps in
        let (grid, exact) = try Self.grid(fixture, process, reference.grid.string, steps)
        let scale = grid.priorStandardDeviation
        let ends = sampler.sample(
          from: PointCloud(fixture.x_start.points).map { $0 * scale }, along: grid, using: oracle,
          noise: NoiseSource(seed: 0, purpose: .sampling))
        return zip(ends.points, exact).map { (($0 - $1) * ($0 - $1)).sum().squareRoot() }.max() ?? 0
      }
      // Below 1e-9 errors are rounding's.
      let theirs = reference.errors.doubles
      #expect(errors.count == theirs.count)
      for i in errors.indices where theirs[i] > 1e-9 {
        #expect(abs(errors[i] - theirs[i]) < tolerance * theirs[i], "\(reference.path) at \(counts[i])")
      }
      // Two logarithms, each wrong by the tolerance, over the logarithm of the ratio of counts.
      for (i, local) in reference.local_slopes.doubles.enumerated() where theirs[i + 1] > 1e-9 {
        let ratio = Double.log(Double(counts[i + 1]) / Double(counts[i]))
        let slope = Double.log(errors[i] / errors[i + 1]) / ratio
        #expect(abs(slope - local) < 2 * tolerance / ratio, "\(reference.path) after \(counts[i])")
      }
      let fitted = reference.fitted_on_N.list.map(\.int)
      let chosen = zip(counts, errors).filter { fitted.contains($0.0) }
      let slope = fittedOrder(chosen.map { Double($0.0) }, chosen.map(\.1))
      // The fit over several counts is steadier than two neighbours.
      #expect(abs(slope - reference.fitted_slope_last_points.double) < 2 * tolerance, "\(reference.path)")
      // Another set need not be asymptotic where it is fitted. High orders come from below, or rounding begins first.
      if Fixture.isOwnFolder {
        let order = Double(sampler.order)
        #expect(slope > order - (order < 4 ? 0.15 : 0.5), "\(reference.path)")
        #expect(order > 4 || slope < order + 0.15, "\(reference.path)")
      }
    }
  }

  /// The grid of a solver, and the end points that it should reach.
  static func grid(
    _ fixture: Fixture, _ process: any ContinuousProcess, _ name: String, _ steps: Int
  ) throws -> (TimeGrid, [SIMD2<Double>]) {
    let (start, end) = (fixture.t_start.double, fixture.t_end.double)
    switch name {
    case "uniform in t":
      let times = (0...steps).map { start + Double($0) / Double(steps) * (end - start) }
      return (TimeGrid(process, times: times), fixture.exact_endpoint.points)
    case "uniform in lambda":
      let vp = try #require(
        process as? VariancePreserving, "λ has a time in closed form for this process alone")
      let (low, high) = (process.level(at: start).halfLogSNR, process.level(at: end).halfLogSNR)
      let times = (0...steps).map { i in
        i == 0 ? start : vp.time(halfLogSNR: low + Double(i) / Double(steps) * (high - low))
      }
      return (TimeGrid(process, times: times), fixture.exact_endpoint.points)
    default:
      let sigmas = SigmaGrid.karras(
        count: steps + 1, sigmaMin: fixture.edm.sigma_min.double, sigmaMax: fixture.edm.sigma_max.double,
        rho: fixture.edm.rho.double)
      return (TimeGrid(sigmas: sigmas), fixture.edm_exact_endpoint.points)
    }
  }
}

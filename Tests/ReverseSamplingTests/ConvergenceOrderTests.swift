import DiffusionProcess
import PointClouds
import RealModule
import ReverseSampling
import TestSupport
import Testing

@Suite("Orders of convergence on the exact mixture")
struct ConvergenceOrderTests {
  static let process = VariancePreserving()
  static let solvers: [(name: String, sampler: any Sampler)] = [
    ("euler", FlowEuler()), ("heun", FlowHeun()), ("rk4", FlowRK4()),
    ("dormand_prince5", DormandPrince(tolerance: nil)),
    ("ddim_eta0", DDIM()), ("dpm_solver_pp_2m", DPMSolverPlusPlus()),
    ("edm_euler_karras", EDMEuler()), ("edm_heun_karras", EDMHeun()),
  ]

  @Test("Errors are the reference's, and fall at the documented order", arguments: solvers.indices)
  func order(index: Int) throws {
    let (name, sampler) = Self.solvers[index]
    let fixture = try Fixture.load("convergence_orders")
    let oracle = GaussianMixture(fixture.gmm_definition)
    let reference = fixture.solvers[name]
    #expect(sampler.order == reference.nominal_order.int)
    let counts = fixture.N_list.list.map(\.int)
    let errors = counts.map { steps in
      let (grid, exact) = Self.grid(fixture, reference.grid.string, steps)
      let scale = grid.priorDeviation
      let ends = sampler.sample(
        from: PointCloud(fixture.x_start.points).map { $0 * scale }, along: grid, using: oracle,
        noise: NoiseSource(seed: 0, purpose: .sampling))
      return zip(ends.points, exact).map { (($0 - $1) * ($0 - $1)).sum().squareRoot() }.max() ?? 0
    }
    for (ours, theirs) in zip(errors, reference.errors.list) where theirs.double > 1e-9 {
      #expect(abs(ours - theirs.double) < fixture.tolerance * theirs.double, "\(theirs.path)")
    }
    let fitted = reference.fitted_on_N.list.map(\.int)
    let chosen = zip(counts, errors).filter { fitted.contains($0.0) }
    let slope = fittedOrder(chosen.map { Double($0.0) }, chosen.map(\.1))
    if name == "dormand_prince5" {
      // Not yet asymptotic where rounding begins.
      #expect(slope > 4.5)
    } else if name == "rk4" {
      // It comes from below: 3.82 on these steps; between the last two above rounding it is 3.89.
      #expect(abs(slope - 4) < 0.2)
      #expect(abs(Double.log(errors[4] / errors[5]) / Double.log(2) - 4) < 0.15)
    } else {
      #expect(abs(slope - Double(sampler.order)) < 0.15)
    }
  }

  /// The grid of a solver, and the end points that it should reach.
  static func grid(_ fixture: Fixture, _ name: String, _ steps: Int) -> (TimeGrid, [SIMD2<Double>]) {
    let end = fixture.t_end.double
    switch name {
    case "uniform in t":
      return (TimeGrid(process, steps: steps, end: end), fixture.exact_endpoint.points)
    case "uniform in lambda":
      let (low, high) = (process.level(at: 1).halfLogSNR, process.level(at: end).halfLogSNR)
      let times = (0...steps).map { i in
        i == 0 ? 1 : process.time(halfLogSNR: low + Double(i) / Double(steps) * (high - low))
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

import DiffusionProcess
import PointClouds
import RealModule

/// A named way to choose the levels that a reverse chain visits.
///
/// A denoiser that reads the noise level as σ = s/a serves every process (Equations 1.2), so a chain need not
/// visit the levels that its network was trained along. The ranges below are for data in standard units.
public struct GridFamily: Named {
  /// The name on the command line.
  public let name: String
  /// A description of the levels in one line.
  package let summary: String
  private let lay: @Sendable (DiscreteSchedule, Int) -> TimeGrid

  init(
    _ name: String, _ summary: String, grid: @escaping @Sendable (DiscreteSchedule, Int) -> TimeGrid
  ) {
    (self.name, self.summary) = (name, summary)
    lay = grid
  }

  /// The levels of `steps` steps, the last of them to the data.
  /// - Parameter schedule: the chain that the denoiser was trained along, which only ``chain`` uses.
  /// - Precondition: there is no ``problem(steps:of:)``.
  package func grid(of schedule: DiscreteSchedule, steps: Int) -> TimeGrid {
    let problem = problem(steps: steps, of: schedule) ?? ""
    precondition(problem.isEmpty, "a grid \(name) of \(steps) steps: \(problem)")
    return lay(schedule, steps)
  }

  /// Why there is no grid of this many steps; `nil` if there is one.
  package func problem(steps: Int, of schedule: DiscreteSchedule) -> String? {
    if steps < 1 { return "a chain has at least one step" }
    guard name == Self.chain.name, steps > schedule.steps else { return nil }
    return "the model's chain has T = \(schedule.steps) steps"
  }

  /// The levels of the model's own chain, evenly strided.
  public static let chain = GridFamily("chain", "the model's own chain, evenly strided") {
    TimeGrid($0, steps: $1)
  }

  /// The registry of grids. A new one is one line here.
  public static let all = Registry(
    "grid",
    [
      chain,
      .uniform("vp", "the VP SDE, even in time", VariancePreserving()),
      .uniform("sub-vp", "the sub-VP SDE, even in time", SubVariancePreserving()),
      .uniform("flow", "rectified flow, even in time", RectifiedFlow()),
      GridFamily("lambda", "the VP SDE, even in λ = log(a/s) up to σ = \(sigmaMin)") {
        let process = VariancePreserving()
        return TimeGrid(
          process, steps: $1, fromLambda: process.level(at: 1).halfLogSNR, to: -Double.log(sigmaMin))
      },
      GridFamily("karras", "σ from \(sigmaMax) to \(sigmaMin), even in σ^(1/7), Karras et al. 2022") {
        TimeGrid(
          sigmas: SigmaGrid.karras(count: $1, sigmaMin: sigmaMin, sigmaMax: sigmaMax) + [0])
      },
      GridFamily("log-linear", "σ from \(sigmaMax) to \(sigmaMin), even in log σ") {
        TimeGrid(
          sigmas: SigmaGrid.logLinear(count: $1, sigmaMin: sigmaMin, sigmaMax: sigmaMax) + [0])
      },
    ])

  /// The first σ of lists of levels, whose noise hides data of unit variance.
  static let sigmaMax = 40.0
  /// The σ of the last noisy level; the error of the step to the data is of this size.
  static let sigmaMin = 0.01

  private static func uniform(
    _ name: String, _ summary: String, _ process: some ContinuousProcess
  ) -> GridFamily {
    GridFamily(name, summary) { TimeGrid(process, steps: $1, end: 0) }
  }
}

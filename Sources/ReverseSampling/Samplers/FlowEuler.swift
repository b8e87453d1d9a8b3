import DiffusionProcess
import PointClouds

/// Euler's method for the probability-flow ODE in time.
///
/// Song et al. 2021 (arXiv:2011.13456). EQUATIONS (4.3), (7.4).
public struct FlowEuler: Sampler {
  /// The ODE.
  public let flow: ProbabilityFlow

  /// The solver for the flow of a process.
  public init(_ process: any ContinuousProcess) {
    flow = ProbabilityFlow(process)
  }

  /// 1.
  public var order: Int { 1 }
  /// 1.
  public var evaluationsPerStep: Int { 1 }
  /// No.
  public var addsNoise: Bool { false }

  /// x ← x + h·u(x, t), with h < 0.
  public mutating func step(
    _ x: inout PointCloud, over i: Int, of grid: TimeGrid, using denoiser: any Denoiser, noise: NoiseSource
  ) {
    let h = grid.times[i + 1] - grid.times[i]
    let k = flow.velocity(x, at: grid.times[i], using: denoiser)
    x = ProbabilityFlow.moved(x, by: h, [(1, k)])
  }
}

import DiffusionProcess
import PointClouds

/// Heun's method (the explicit trapezoid) for the probability-flow ODE in time.
///
/// EQUATIONS (4.3), (7.4). A step to noise 0, where the flow is not defined, ends at E[x₀ | x_t].
public struct FlowHeun: Sampler {
  /// The ODE.
  public let flow: ProbabilityFlow

  /// The solver for the flow of a process.
  public init(_ process: any ContinuousProcess) {
    flow = ProbabilityFlow(process)
  }

  /// 2.
  public var order: Int { 2 }
  /// 2.
  public var evaluationsPerStep: Int { 2 }
  /// One for a step to noise 0.
  public func evaluations(along grid: TimeGrid) -> Int? { grid.evaluations(aStep: evaluationsPerStep) }
  /// No.
  public var addsNoise: Bool { false }

  /// x ← x + (h/2)·(k₁ + k₂), k₁ = u(x, t), k₂ = u(x + h·k₁, t + h).
  public mutating func step(
    _ x: inout PointCloud, over i: Int, of grid: TimeGrid, using denoiser: any Denoiser, noise: NoiseSource
  ) {
    guard grid.levels[i + 1].noise > 0 else {
      x = denoiser.denoise(x, at: grid.levels[i])
      return
    }
    let (start, end) = (grid.times[i], grid.times[i + 1])
    let h = end - start
    let k1 = flow.velocity(x, at: start, using: denoiser)
    let k2 = flow.velocity(ProbabilityFlow.moved(x, by: h, [(1, k1)]), at: end, using: denoiser)
    x = ProbabilityFlow.moved(x, by: h / 2, [(1, k1), (1, k2)])
  }
}

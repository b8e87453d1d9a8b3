import DiffusionProcess
import PointClouds

/// The classical Runge–Kutta method of order 4 for the probability-flow ODE in time.
///
/// Kutta 1901. EQUATIONS (4.3), (7.5). A step to noise 0, where the flow is not defined, ends at E[x₀ | x_t].
public struct FlowRK4: Sampler {
  /// The ODE.
  public let flow: ProbabilityFlow

  /// The solver for the flow of a process.
  public init(_ process: any ContinuousProcess) {
    flow = ProbabilityFlow(process)
  }

  /// 4.
  public var order: Int { 4 }
  /// 4.
  public var evaluationsPerStep: Int { 4 }
  /// One for a step to noise 0.
  public func evaluations(along grid: TimeGrid) -> Int? { grid.evaluations(aStep: evaluationsPerStep) }
  /// No.
  public var addsNoise: Bool { false }

  /// x ← x + (h/6)·(k₁ + 2k₂ + 2k₃ + k₄).
  public mutating func step(
    _ x: inout PointCloud, over i: Int, of grid: TimeGrid, using denoiser: any Denoiser, noise: NoiseSource
  ) {
    guard grid.levels[i + 1].noise > 0 else {
      x = denoiser.denoise(x, at: grid.levels[i])
      return
    }
    let (start, end) = (grid.times[i], grid.times[i + 1])
    let h = end - start
    func slope(_ time: Double, _ shift: Double, _ k: PointCloud) -> PointCloud {
      flow.velocity(ProbabilityFlow.moved(x, by: shift, [(1, k)]), at: time, using: denoiser)
    }
    let k1 = flow.velocity(x, at: start, using: denoiser)
    let k2 = slope(start + h / 2, h / 2, k1)
    let k3 = slope(start + h / 2, h / 2, k2)
    let k4 = slope(end, h, k3)
    x = ProbabilityFlow.moved(x, by: h / 6, [(1, k1), (2, k2), (2, k3), (1, k4)])
  }
}

import DiffusionProcess

/// The classical Runge–Kutta method of order 4 for the probability-flow ODE in time.
///
/// Kutta 1901. EQUATIONS (4.3), (7.5).
public struct FlowRK4: FlowSolver {
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

  /// x ← x + (h/6)·(k₁ + 2k₂ + 2k₃ + k₄).
  public func solve(
    _ x: [SIMD2<Double>], from start: Double, to end: Double,
    _ u: (_ x: [SIMD2<Double>], _ time: Double) -> [SIMD2<Double>]
  ) -> [SIMD2<Double>] {
    RungeKutta.classicalStep(x, from: start, to: end, u)
  }
}

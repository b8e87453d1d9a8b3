import DiffusionProcess

/// Euler's method for the probability-flow ODE in time.
///
/// Song et al. 2021 (arXiv:2011.13456). EQUATIONS (4.3), (7.4). A step to noise 0 is like any other.
public struct FlowEuler: FlowSolver {
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
  public var asksAtEnd: Bool { false }

  /// x ← x + h·u(x, t), with h < 0.
  public func solve(
    _ x: [SIMD2<Double>], from start: Double, to end: Double,
    _ u: (_ x: [SIMD2<Double>], _ time: Double) -> [SIMD2<Double>]
  ) -> [SIMD2<Double>] {
    x.moved(by: end - start, [(1, u(x, start))])
  }
}

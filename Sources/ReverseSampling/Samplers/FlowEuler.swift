import DiffusionProcess

/// Euler's method for the probability-flow ODE in time.
///
/// Song et al. 2021 (arXiv:2011.13456). EQUATIONS (4.3), (7.4). A step to noise 0 is like any other.
package struct FlowEuler: FlowSolver {
  /// The ODE.
  package let flow: ProbabilityFlow

  /// The solver for the flow of a process.
  package init(_ process: any ContinuousProcess) {
    flow = ProbabilityFlow(process)
  }

  /// 1.
  package var order: Int { 1 }
  /// 1.
  package var evaluationsPerStep: Int { 1 }
  /// No.
  package var asksAtEnd: Bool { false }

  /// x ← x + h·u(x, t), with h < 0.
  package func solve(
    _ x: [SIMD2<Double>], from start: Double, to end: Double,
    _ u: (_ x: [SIMD2<Double>], _ time: Double) -> [SIMD2<Double>]
  ) -> [SIMD2<Double>] {
    x.moved(by: end - start, [(1, u(x, start))])
  }
}

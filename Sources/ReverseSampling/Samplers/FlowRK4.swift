import DiffusionProcess

/// The classical Runge–Kutta method of order 4 for the probability-flow ODE in time.
///
/// Kutta 1901. EQUATIONS (4.3), (7.5).
package struct FlowRK4: FlowSolver {
  /// The ODE.
  package let flow: ProbabilityFlow

  /// The solver for the flow of a process.
  package init(_ process: any ContinuousProcess) {
    flow = ProbabilityFlow(process)
  }

  /// 4.
  package var order: Int { 4 }
  /// 4.
  package var evaluationsPerStep: Int { 4 }

  /// x ← x + (h/6)·(k₁ + 2k₂ + 2k₃ + k₄).
  package func solve(
    _ x: [SIMD2<Double>], from start: Double, to end: Double,
    _ u: (_ x: [SIMD2<Double>], _ time: Double) -> [SIMD2<Double>]
  ) -> [SIMD2<Double>] {
    RungeKutta.classicalStep(x, from: start, to: end, u)
  }
}

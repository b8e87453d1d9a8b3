/// The classical Runge–Kutta method of order 4 for the probability-flow ODE in time.
///
/// Kutta 1901. Equations (4.3), (7.5).
package struct FlowRK4: FlowSolver {
  /// The solver.
  package init() {}

  package var order: Int { 4 }
  package var evaluationsPerStep: Int { 4 }

  /// x ← x + (h/6)·(k₁ + 2k₂ + 2k₃ + k₄).
  package func solve(
    _ x: [SIMD2<Double>], from start: Double, to end: Double, _ u: Velocity
  ) -> [SIMD2<Double>] {
    RungeKutta.classicalStep(x, from: start, to: end, u)
  }

  package static let kind = SamplerKind(
    "ode-rk4", "Runge-Kutta 4 in time, PF-ODE", "Kutta 1901", on: "lambda", steps: 10
  ) { _ in FlowRK4() }
}

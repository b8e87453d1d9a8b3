/// Heun's method (the explicit trapezoid) for the probability-flow ODE in time.
///
/// Equations (4.3), (7.4).
package struct FlowHeun: FlowSolver {
  /// The solver.
  package init() {}

  package var order: Int { 2 }
  package var evaluationsPerStep: Int { 2 }

  /// x ← x + (h/2)·(k₁ + k₂), k₁ = u(x, t), k₂ = u(x + h·k₁, t + h).
  package func solve(
    _ x: [SIMD2<Double>], from start: Double, to end: Double, _ u: Velocity
  ) -> [SIMD2<Double>] {
    let h = end - start
    let k1 = u(x, start)
    let k2 = u(x.moved(by: h, [(1, k1)]), end)
    return x.moved(by: h / 2, [(1, k1), (1, k2)])
  }

  package static let kind = SamplerKind(
    "ode-heun", "Heun in time, PF-ODE", "Song et al. 2021b", on: "lambda", steps: 25
  ) { _ in FlowHeun() }
}

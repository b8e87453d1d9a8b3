/// Euler's method for the probability-flow ODE in time.
///
/// Song et al. 2021 (arXiv:2011.13456). Equations (4.3), (7.4). A step to noise 0 is like any other.
package struct FlowEuler: FlowSolver {
  /// The solver.
  package init() {}

  package var asksAtEnd: Bool { false }

  /// x ← x + h·u(x, t), with h < 0.
  package func solve(
    _ x: [SIMD2<Double>], from start: Double, to end: Double, _ u: Velocity
  ) -> [SIMD2<Double>] {
    x.moved(by: end - start, [(1, u(x, start))])
  }

  package static let kind = SamplerKind(
    "ode-euler", "Euler in time, PF-ODE", "Song et al. 2021b", on: "vp", steps: 100
  ) { _ in FlowEuler() }
}

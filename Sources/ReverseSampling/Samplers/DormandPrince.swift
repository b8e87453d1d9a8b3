/// The pair 5(4) of Dormand and Prince for the probability-flow ODE in time, with steps as long as the error
/// allows.
///
/// Dormand and Prince 1980. Equations (7.6). Every particle has its own steps, so that none depends on the
/// others; the solver stops at each time of the grid.
package struct DormandPrince: FlowSolver {
  /// The largest error of one step per coordinate: absolute + relative · |x|.
  package struct Tolerance: Sendable, Hashable {
    /// The part that does not depend on x, and the factor of |x|.
    package let absolute, relative: Double

    /// A bound on the error.
    /// - Precondition: both are positive.
    package init(absolute: Double = 1e-8, relative: Double = 1e-6) {
      precondition(absolute > 0 && relative > 0, "tolerances \(absolute) and \(relative)")
      (self.absolute, self.relative) = (absolute, relative)
    }
  }

  /// The bound on the error of a step.
  package let tolerance: Tolerance

  /// The solver.
  package init(tolerance: Tolerance = Tolerance()) {
    self.tolerance = tolerance
  }

  package var order: Int { 5 }
  /// 6 for each of the solver's own steps within a step of the grid, and 1 more.
  package var evaluationsPerStep: Int { 6 }
  package func evaluations(along grid: TimeGrid) -> Int? { nil }

  /// x ← the solution of fifth order.
  package func solve(
    _ x: [SIMD2<Double>], from start: Double, to end: Double, _ u: Velocity
  ) -> [SIMD2<Double>] {
    x.map {
      // Rounding may carry the last stage past the end, where the flow may not exist.
      RungeKutta.integrate($0, from: start, to: end, firstStep: end - start, tolerance) {
        u($0, max(end, $1))
      }
    }
  }

  package static let kind = SamplerKind(
    "ode-dopri5", "adaptive 5(4) in time, PF-ODE", "Dormand and Prince 1980", on: "lambda",
    steps: 2
  ) { _ in DormandPrince() }
}

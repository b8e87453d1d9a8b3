@testable import ReverseSampling

/// The pair of Dormand and Prince with the steps of the grid, whatever their error.
struct FixedStepDormandPrince: FlowSolver {
  let order = 5
  let evaluationsPerStep = 6

  func solve(
    _ x: [SIMD2<Double>], from start: Double, to end: Double, _ u: Velocity
  ) -> [SIMD2<Double>] {
    RungeKutta.attempt(x, at: start, by: end - start, first: u(x, start)) { u($0, max(end, $1)) }.solution
  }
}

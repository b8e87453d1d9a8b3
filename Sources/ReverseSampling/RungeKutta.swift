/// Runge–Kutta methods for dx/dt = u(x, t), forwards or backwards in time, for any number of states at once.
///
/// A state is a point for a sampler, and a point with an integral along its path for a likelihood.
enum RungeKutta {
  /// u of every state at a time.
  typealias Slope<State: SIMD> = (_ x: [State], _ time: Double) -> [State]

  /// One step of the classical method of order 4.  Kutta 1901; Equations (7.5)
  /// - Complexity: four slopes.
  static func classicalStep<State: SIMD>(
    _ x: [State], from start: Double, to end: Double, _ u: Slope<State>
  ) -> [State] where State.Scalar == Double {
    let h = end - start
    let k1 = u(x, start)
    let k2 = u(x.moved(by: h / 2, [(1, k1)]), start + h / 2)
    let k3 = u(x.moved(by: h / 2, [(1, k2)]), start + h / 2)
    let k4 = u(x.moved(by: h, [(1, k3)]), end)
    return x.moved(by: h / 6, [(1, k1), (2, k2), (2, k3), (1, k4)])
  }
}

extension Array where Element: SIMD, Element.Scalar == Double {
  /// The states moved by `h` times the weighted sum of their slopes.
  // A debug build compiles file by file, and does not specialise what another file calls: four times slower.
  @_specialize(where Element == SIMD2<Double>)
  @_specialize(where Element == SIMD3<Double>)
  func moved(by h: Double, _ slopes: [(weight: Double, slope: [Element])]) -> [Element] {
    var sums = [Element](repeating: .zero, count: count)
    for (weight, slope) in slopes where weight != 0 {
      for i in indices { sums[i] += weight * slope[i] }
    }
    for i in indices { sums[i] = self[i] + h * sums[i] }
    return sums
  }
}

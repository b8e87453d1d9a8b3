import RealModule

/// The pair 5(4) of Dormand and Prince 1980.  Equations (7.6)
extension RungeKutta {
  /// One step of the pair: the solution of fifth order, its difference from that of fourth order, and the slope
  /// at the solution.
  /// - Parameter first: u at the start.
  /// - Complexity: six slopes.
  static func attempt<State: SIMD>(
    _ x: [State], at time: Double, by h: Double, first: [State], _ u: Slope<State>
  ) -> (solution: [State], error: [State], last: [State]) where State.Scalar == Double {
    var slopes = [first]
    var solution = x
    for (node, weights) in stages {
      solution = x.moved(by: h, Array(zip(weights, slopes)))
      slopes.append(u(solution, time + node * h))
    }
    let zeros = [State](repeating: .zero, count: x.count)
    return (solution, zeros.moved(by: h, Array(zip(errorWeights, slopes))), slopes[6])
  }

  /// One state at the time `end`, by steps as long as its error allows; NaN if u becomes NaN, or if ``mostSteps`` steps
  /// do not reach the end.
  ///
  /// Step control as in Hairer, Nørsett and Wanner 1993, II.4.
  /// - Parameter firstStep: its sign is the direction from `start` to `end`.
  /// - Complexity: six slopes per step, and one more.
  // For debug builds, as in `moved(by:_:)`.
  @_specialize(where State == SIMD2<Double>)
  @_specialize(where State == SIMD3<Double>)
  static func integrate<State: SIMD>(
    _ state: State, from start: Double, to end: Double, firstStep: Double,
    _ tolerance: DormandPrince.Tolerance, _ u: Slope<State>
  ) -> State where State.Scalar == Double {
    var (x, time, h) = ([state], start, firstStep)
    var slope = u(x, time)
    var wasRejected = false
    for _ in 0..<mostSteps {
      let isLast = h > 0 ? time + h >= end : time + h <= end
      if isLast { h = end - time }
      let trial = attempt(x, at: time, by: h, first: slope, u)
      let size = tolerance.size(of: trial.error[0], x[0], trial.solution[0])
      // A shorter step no longer changes the time; accept this one.
      let isShortest = abs(h) < 1e-14
      if isShortest && !size.isFinite { return State(repeating: .nan) }
      let isAccepted = size <= 1 || isShortest
      if isAccepted {
        if isLast { return trial.solution[0] }
        (x, time) = (trial.solution, time + h)
        // First same as last: the last stage is at the solution.
        slope = trial.last
      }
      let factor = size == 0 ? 10 : size.isFinite ? 0.9 * Double.pow(size, -0.2) : 0
      h *= min(wasRejected || !isAccepted ? 1 : 10, max(0.2, factor))
      wasRejected = !isAccepted
    }
    return State(repeating: .nan)
  }

  /// The largest number of steps of a path.
  private static let mostSteps = 20_000

  /// c and a_ij of stages 2...7; the weights of the last are those of the solution of fifth order.
  private static let stages: [(node: Double, weights: [Double])] = [
    (1 / 5, [1 / 5]),
    (3 / 10, [3 / 40, 9 / 40]),
    (4 / 5, [44 / 45, -56 / 15, 32 / 9]),
    (8 / 9, [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729]),
    (1, [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656]),
    (1, [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84]),
  ]

  /// The weights of fifth order minus those of fourth.
  private static let errorWeights: [Double] = [
    35 / 384 - 5179 / 57600, 0, 500 / 1113 - 7571 / 16695, 125 / 192 - 393 / 640,
    -2187 / 6784 + 92097 / 339200, 11 / 84 - 187 / 2100, -1 / 40,
  ]
}

extension DormandPrince.Tolerance {
  /// The error relative to the allowed error, as a root mean square over the coordinates.
  fileprivate func size<State: SIMD>(
    of error: State, _ before: State, _ after: State
  ) -> Double where State.Scalar == Double {
    var sum = 0.0
    for j in error.indices {
      let part = error[j] / (absolute + relative * max(abs(before[j]), abs(after[j])))
      sum += part * part
    }
    return (sum / Double(error.scalarCount)).squareRoot()
  }
}

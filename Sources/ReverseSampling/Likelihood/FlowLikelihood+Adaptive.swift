import DiffusionProcess
import RealModule

extension FlowLikelihood {
  /// One point's state at time 1, by steps of its own, so that it depends on no other point.
  ///
  /// As ``DormandPrince`` goes down in time, with ∫ ∇·u as a third coordinate.
  func integrate(
    _ state: SIMD3<Double>, from start: Double, _ tolerance: DormandPrince.Tolerance,
    _ denoiser: any JacobianDenoiser
  ) -> SIMD3<Double> {
    var (state, time, h) = (state, start, Self.firstStep)
    var slope = slopes([state], at: time, denoiser)[0]
    var wasRejected = false
    while time < 1 {
      let isLast = time + h >= 1
      if isLast { h = 1 - time }
      let trial = attempt(state, at: time, by: h, first: slope, denoiser)
      let size = tolerance.size(of: trial.error, state, trial.solution)
      // Below this a step no longer moves the time; take what there is.
      let isAccepted = size <= 1 || h < 1e-14
      if isAccepted {
        (state, time) = (trial.solution, isLast ? 1 : time + h)
        slope = trial.last
      }
      let factor = size > 0 ? 0.9 * Double.pow(size, -0.2) : 10
      h *= min(wasRejected || !isAccepted ? 1 : 10, max(0.2, factor.isNaN ? 0.2 : factor))
      wasRejected = !isAccepted
    }
    return state
  }

  /// A first step that is short enough for any flow; it grows by the tenfold.
  private static let firstStep = 1e-4

  /// One step of the pair: the solution of fifth order, its difference from that of fourth, and the slope at it.
  private func attempt(
    _ state: SIMD3<Double>, at time: Double, by h: Double, first: SIMD3<Double>,
    _ denoiser: any JacobianDenoiser
  ) -> (solution: SIMD3<Double>, error: SIMD3<Double>, last: SIMD3<Double>) {
    var stageSlopes = [first]
    func sum(_ weights: [Double]) -> SIMD3<Double> {
      zip(weights, stageSlopes).reduce(.zero) { $0 + $1.0 * $1.1 }
    }
    var solution = state
    for (node, weights) in DormandPrince.stages {
      solution = state + h * sum(weights)
      stageSlopes.append(slopes([solution], at: min(1, time + node * h), denoiser)[0])
    }
    return (solution, h * sum(DormandPrince.errorWeights), stageSlopes[6])
  }
}

extension DormandPrince.Tolerance {
  /// The error in units of what is allowed, as a root mean square over the three coordinates.
  fileprivate func size(
    of error: SIMD3<Double>, _ before: SIMD3<Double>, _ after: SIMD3<Double>
  ) -> Double {
    var sum = 0.0
    for j in 0..<3 {
      let part = error[j] / (absolute + relative * max(abs(before[j]), abs(after[j])))
      sum += part * part
    }
    return (sum / 3).squareRoot()
  }
}

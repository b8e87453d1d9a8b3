import RealModule
import TestSupport
import Testing

@testable import TinyNetwork

@Suite("Gradient descent with momentum")
struct SGDTests {
  @Test("swings about the minimum of a parabola as its recursion does", arguments: [false, true])
  func parabola(nesterov: Bool) {
    // With gradient w the weights obey w'' = τ·w' − δ·w: the solution is δ^(t/2)·(cos φt + b·sin φt).
    let (momentum, rate) = (0.9, 0.1)
    let look = nesterov ? momentum : 0
    let (trace, determinant) = (1 + momentum - rate * (1 + look), momentum - rate * look)
    let root = determinant.squareRoot()
    let angle = Double.acos(trace / (2 * root))
    let first = 1 - rate * (1 + look)
    let b = (first / root - Double.cos(angle)) / Double.sin(angle)

    let optimizer = Optimizer.sgd("ball", "", momentum: momentum, nesterov: nesterov)
    let row = SteppedWeights([1], by: optimizer)
    var steps = OptimizerSteps(constantRate(optimizer, rate: rate))
    for t in 1...100 {
      row.step(steps.next(step: t - 1)) { $1 }
      let expected =
        Double.pow(root, t) * (Double.cos(angle * Double(t)) + b * Double.sin(angle * Double(t)))
      // Rounding of Floats below 1, which momentum adds up tenfold.
      #expect(abs(Double(row.weights[0]) - expected) < 2e-6, "step \(t)")
    }
  }

  @Test("without momentum goes along the gradient, and shrinks the weights by the decay")
  func plain() {
    let optimizer = Optimizer.sgd("plain", "", momentum: 0)
    let row = SteppedWeights([2, -3], by: optimizer)
    row.step(OptimizerStep(rate: 0.5, weightDecay: 0.1, averageRate: 0.25)) { place, _ in Float(place) }
    // One rounding of numbers below 4.
    #expect(abs(row.weights[0] - 0.95 * 2) < 1e-6 && abs(row.weights[1] - (-0.95 * 3 - 0.5)) < 1e-6)
    #expect(abs(row.average[0] - 0.25 * 0.95 * 2) < 1e-6)
  }

  @Test("takes the same step whatever the unit of the loss")
  func unit() {
    let rows = [1.0, 8].map { unit in
      let row = SteppedWeights([1, 2], by: .sgdNesterov)
      var step = OptimizerStep(rate: 0.1, averageRate: 0.1)
      step.lossScale = unit
      for _ in 0..<3 { row.step(step) { Float(unit) * ($1 + 1) } }
      return row.weights
    }
    #expect(rows[0] == rows[1])  // a power of 2 rounds nothing
  }
}

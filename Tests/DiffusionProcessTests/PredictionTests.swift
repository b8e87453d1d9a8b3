import DiffusionProcess
import TestSupport
import Testing

@Suite("Predictions")
struct PredictionTests {
  @Test("Every prediction of the truth converts back to x₀", arguments: Prediction.allCases)
  func roundTrip(_ prediction: Prediction) {
    let clean = SIMD2(0.7, -1.1)
    let epsilon = SIMD2(-0.4, 0.9)
    // VP, VE and rectified flow.
    for (a, s) in [(0.8, 0.6), (1, 7.5), (0.25, 0.75)] {
      let level = NoiseLevel(signal: a, noise: s)
      let c = prediction.cleanCoefficients(at: level)
      let target = prediction.target(clean: clean, epsilon: epsilon, at: level)
      let back = c.noisy * level.noisy(clean, epsilon) + c.output * target
      // A few roundings, and ε at s/a = 7.5 multiplies them by 7.5.
      #expect(isClose(back, clean, 1e-14), "\(prediction) at \(level)")
    }
  }

  @Test("Targets and conversions agree with the reference")
  func reference() throws {
    let fixture = try Fixture.load("conversions")
    for entry in fixture.conversions.list {
      let level = NoiseLevel(signal: entry.a.double, noise: entry.s.double)
      let clean = entry.x0.point
      let epsilon = entry.eps.point
      let tolerance = fixture.tolerance
      #expect(isClose(level.noisy(clean, epsilon), entry.xt.point, tolerance), "\(entry.path)")
      let v = Prediction.v.target(clean: clean, epsilon: epsilon, at: level)
      #expect(isClose(v, entry.v.point, tolerance), "\(entry.path)")
    }
  }
}

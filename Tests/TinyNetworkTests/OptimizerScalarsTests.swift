import CTileKernels
import RealModule
import TestSupport
import Testing

@testable import TinyNetwork

@Suite("The scalars of the optimizer's steps")
struct OptimizerScalarsTests {
  @Test("Each moment's bias is corrected by the power of its own decay, as in Kingma and Ba 2015")
  func corrections() {
    var recipe = TrainingRecipe()
    recipe.steps = 100
    recipe.weightDecay = 0.02
    recipe.emaDecay = 0.9
    var scalars = OptimizerScalars(recipe)
    for step in 0..<100 {
      let found = scalars.next(step: step)
      let rate = recipe.learningRate(step: step)
      let (first, second) = (1 - Double.pow(0.9, step + 1), 1 - Double.pow(0.999, step + 1))
      // One rounding to Float.
      #expect(abs(Double(found.rate) * first / rate - 1) < 1e-6)
      #expect(abs(Double(found.second_moment_scale) * second.squareRoot() - 1) < 1e-6)
      #expect(abs(Double(found.first_moment_rate) - 0.1) < 1e-8)
      #expect(abs(Double(found.second_moment_rate) - 0.001) < 1e-9)
      #expect(abs(Double(found.shrink) - (1 - 0.02 * rate)) < 1e-7)
      let average = 1 - min(0.9, Double(1 + step) / Double(10 + step))
      #expect(abs(Double(found.average_rate) - average) < 1e-7)
    }
  }
}

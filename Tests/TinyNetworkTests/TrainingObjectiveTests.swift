import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@testable import TinyNetwork

@Suite("A training objective")
struct TrainingObjectiveTests {
  /// An objective of one's own: three outputs that repeat the clean point and the position of the level.
  private struct Echo: TrainingObjective {
    let levels = [NoiseLevel(variancePreserving: 0.01), NoiseLevel(variancePreserving: 0.02)]
    var name: String { "echo" }
    var outputs: Int { 3 }

    func loss(
      of output: Span<Float>, for example: TrainingExample, gradient: inout MutableSpan<Float>
    ) -> Float {
      let target = [example.clean.x, example.clean.y, Float(example.level)]
      var loss: Float = 0
      for i in 0..<3 {
        gradient[i] = output[i] - target[i]
        loss += gradient[i] * gradient[i] / 2
      }
      return loss
    }
  }

  @Test("may have other levels and other outputs than the simple loss")
  func ofOnesOwn() throws {
    let trainer = try Trainer(
      points: arcs(200), dataset: "arcs", recipe: smallRecipe(steps: 600), objective: Echo())
    let first = try trainer.run(steps: 1)
    try trainer.run(steps: 589)
    let last = try trainer.run(steps: 10)
    // The noise of the inputs alone costs 0.0002 to 0.0008 a step.
    #expect(first > 0.5 && last < 0.02)
    #expect(trainer.model.architecture.outputs == 3)
  }

  @Test("named simple is the mean over coordinates of the squared error", arguments: Prediction.unitScale)
  func simple(prediction: Prediction) {
    let schedule = DiscreteSchedule.cosine(steps: 10)
    let objective = TrainingLoss.simple.objective(NetworkHead(prediction, schedule: schedule))
    let example = TrainingExample(clean: SIMD2(0.5, -1), noise: SIMD2(0.25, 2), level: 6)
    let target = prediction.target(
      clean: SIMD2(0.5, -1), epsilon: SIMD2(0.25, 2), at: schedule.level(step: 7))
    let (loss, gradient) = value(objective, [0.5, 0.75], example)
    let error = SIMD2(0.5, 0.75) - target
    // Rounding of Float.
    #expect(abs(Double(loss) - (error * error).sum() / 2) < 1e-6)
    #expect(abs(Double(gradient[0]) - error.x) < 1e-6 && abs(Double(gradient[1]) - error.y) < 1e-6)
  }
}

import DiffusionProcess
import PointClouds
import Testing

@testable import TinyNetwork

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("A training that stops and goes on")
struct ResumeTests {
  private func recipe(_ loss: TrainingLoss = .simple, steps: Int = 90) -> TrainingRecipe {
    var recipe = smallRecipe(steps: steps)
    recipe.width = 24
    recipe.fourierFeatures = 1
    recipe.loss = loss
    recipe.variance = loss.needs.variance == .learned ? .full : .transition
    recipe.prediction = loss.needs.prediction ?? .epsilon
    recipe.schedule = DiscreteSchedule.named(loss.needs.schedule ?? "cosine", steps: 40) ?? recipe.schedule
    return recipe
  }

  /// The model after a file and back, as between two runs of a program.
  private func throughFile(_ model: TrainedModel) throws -> TrainedModel {
    let path = FileManager.default.temporaryDirectory.path() + "/resume-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try model.write(to: path)
    return try TrainedModel(contentsOf: path)
  }

  @Test(
    "ends with the bits of one that never stopped, for every loss and for 1, 2 and 4 threads",
    arguments: [
      (TrainingLoss.simple, 1), (.edm, 2), (.vlb, 4), (.hybrid, 1), (.cfm, 2), (.cfmOT, 4),
    ])
  func sameBits(loss: TrainingLoss, threads: Int) throws {
    let points = arcs(300)
    let recipe = recipe(loss)
    let whole = try Trainer(points: points, dataset: "arcs", recipe: recipe)
    try whole.run(steps: recipe.steps)

    var model = try Trainer(points: points, dataset: "arcs", recipe: recipe).model
    #expect(model.step == 0)
    // Before the first step, within a block of the team's steps, within and after the warm-up.
    for stop in [13, 64, 71, recipe.steps] {
      let trainer = try Trainer(resuming: throughFile(model), points: points, threads: threads)
      #expect(trainer.step == model.step)
      try trainer.run(steps: stop - trainer.step)
      model = trainer.model
    }
    #expect(model == whole.model)
    #expect(model.state == nil)
  }

  @Test("keeps the loss of a block of the history that is open")
  func history() throws {
    let points = arcs(100)
    let recipe = recipe(steps: 3000)  // blocks of three steps
    let whole = try Trainer(points: points, dataset: "arcs", recipe: recipe)
    let first = try Trainer(points: points, dataset: "arcs", recipe: recipe)
    try whole.run(steps: 30)
    try first.run(steps: 14)
    let second = try Trainer(resuming: first.model, points: points)
    try second.run(steps: 16)
    #expect(second.model == whole.model)
    #expect(second.model.history.count == 10)
  }

  @Test("is refused where the model has no state, and the reason is said")
  func withoutState() throws {
    let points = arcs(100)
    let trainer = try Trainer(points: points, dataset: "arcs", recipe: recipe(steps: 10))
    try trainer.run(steps: 4)
    let middle = trainer.model
    let bare = TrainedModel(
      weights: middle.weights, recipe: middle.recipe, standardization: middle.standardization,
      support: middle.support, dataset: middle.dataset, step: middle.step, history: middle.history)
    try trainer.run(steps: 6)
    for (model, reason) in [(bare, "no state"), (trainer.model, "all 10 steps")] {
      do {
        _ = try Trainer(resuming: model, points: points)
        Issue.record("went on without a state")
      } catch {
        #expect("\(error)".contains(reason), "\(error)")
      }
    }
  }

  @Test("is refused with other points or for another objective")
  func otherTraining() throws {
    let points = arcs(100)
    let trainer = try Trainer(points: points, dataset: "arcs", recipe: recipe())
    try trainer.run(steps: 4)
    var moved = points
    moved[7].y = moved[7].y.nextUp
    let reversed = PointCloud(points.points.reversed())
    for other in [moved, reversed, arcs(99), arcs(100, seed: 4)] {
      #expect(throws: TrainingError.self) { try Trainer(resuming: trainer.model, points: other) }
    }
    #expect(throws: TrainingError.self) {
      try Trainer(
        resuming: trainer.model, points: points,
        objective: WeightedObjective(simple: recipe().head, name: "mine"))
    }
  }

  @Test("has as fingerprint of points the FNV-1a hash of their bytes")
  func fingerprint() {
    // Without points the hash is its offset basis. A point at the origin is 16 bytes of 0, each of which
    // multiplies by the prime.
    #expect(PointsFingerprint(PointCloud([])).hash == 0xcbf2_9ce4_8422_2325)
    let zeros = (0..<16).reduce(UInt64(0xcbf2_9ce4_8422_2325)) { hash, _ in hash &* 0x100_0000_01b3 }
    #expect(PointsFingerprint(PointCloud([.zero])).hash == zeros)
    #expect(PointsFingerprint(PointCloud([SIMD2(-0.0, 0)])).hash != zeros)
  }
}

@Suite("A time budget")
struct TimeBudgetTests {
  @Test("becomes a number of steps, more for more time")
  func steps() throws {
    var recipe = smallRecipe()
    recipe.width = 16
    recipe.blocks = 1
    recipe.batch = 16
    // Not compared with the clock: how long steps take is the machine's affair.
    let one = try Trainer.steps(within: .milliseconds(50), points: arcs(50), recipe: recipe)
    #expect(one >= 1)
    // A hundred times the time: a machine would have to slow down a hundredfold between the two.
    #expect(try Trainer.steps(within: .seconds(5), points: arcs(50), recipe: recipe) > one)
    // No time at all is still one step.
    #expect(try Trainer.steps(within: .nanoseconds(1), points: arcs(50), recipe: recipe) == 1)
  }

  @Test("is refused for what cannot be trained")
  func refused() {
    #expect(throws: TrainingError.self) {
      try Trainer.steps(within: .seconds(1), points: arcs(1), recipe: smallRecipe())
    }
  }
}

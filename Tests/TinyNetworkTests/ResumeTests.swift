import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@testable import TinyNetwork

@Suite("A training that stops and goes on")
struct ResumeTests {
  private func recipe(_ loss: TrainingLoss = .simple, steps: Int = 90) -> TrainingRecipe {
    var recipe = smallRecipe(steps: steps)
    recipe.width = 24
    recipe.fourierFeatures = 1
    recipe.loss = loss
    recipe.variance = loss.needs.onlyVariance ?? (loss.needs.variance == .learned ? .full : .transition)
    recipe.prediction = loss.needs.prediction ?? .epsilon
    recipe.schedule = DiscreteSchedule.named(loss.needs.schedule ?? "cosine", steps: 40) ?? recipe.schedule
    return recipe
  }

  /// The model after a file and back, as between two runs of a program.
  private func throughFile(_ model: TrainedModel) throws -> TrainedModel {
    try withTemporaryFolder { folder in
      try model.write(to: folder + "/model.safetensors")
      return try TrainedModel(contentsOf: folder + "/model.safetensors")
    }
  }

  @Test(
    "ends with the bits of one that never stopped, for every loss and for 1, 2 and 4 threads",
    arguments: TrainingLoss.all.enumerated().map { ($1, [1, 2, 4][$0 % 3]) })
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

  @Test("ends with the same bits by every optimizer, too", arguments: Optimizer.all, [1, 2, 4])
  func sameBits(optimizer: Optimizer, threads: Int) throws {
    let points = arcs(300)
    var recipe = recipe(steps: 40)
    recipe.use(optimizer)
    let whole = try Trainer(points: points, dataset: "arcs", recipe: recipe)
    try whole.run(steps: 40)
    let first = try Trainer(points: points, dataset: "arcs", recipe: recipe)
    try first.run(steps: 17)
    let second = try Trainer(resuming: throughFile(first.model), points: points, threads: threads)
    try second.run(steps: 23)
    #expect(second.model == whole.model)
  }

  /// A recipe that differs from the default in every value that its loss leaves to it.
  private func unusual(_ loss: TrainingLoss) throws -> TrainingRecipe {
    var recipe = TrainingRecipe()
    recipe.steps = 70
    recipe.batch = 37
    recipe.learningRate = (0.1 + 0.2) / 100  // no short decimals, here and below
    recipe.optimizer = .adam
    recipe.weightDecay = 0
    recipe.clip = 1.0 / 7
    recipe.emaDecay = 2.0 / 3
    recipe.warmup = 33
    recipe.decay = .constant
    recipe.width = 24
    recipe.blocks = 2
    recipe.noiseFeatures = 6
    recipe.fourierFeatures = 3
    recipe.schedule = try #require(DiscreteSchedule.named("ve", steps: 30))
    recipe.prediction = loss.needs.prediction ?? .mean
    recipe.variance = loss.needs.variance == .learned ? .diagonal : .transition
    recipe.loss = loss
    if loss.corruption == .reflected {
      recipe.box = DataBox(lower: SIMD2(-1.1, -10.3), upper: SIMD2(20.7, 9.9))
    }
    recipe.seed = .max
    recipe.threads = 2
    return recipe
  }

  @Test(
    "restores every value of a recipe that has nothing in common with the default",
    arguments: [(TrainingLoss.hybrid, "box"), (.reflected, "variance")])
  func everyValue(loss: TrainingLoss, exception: String) throws {
    let recipe = try unusual(loss)
    let (values, defaults) = (
      Mirror(reflecting: recipe).children, Mirror(reflecting: TrainingRecipe()).children
    )
    let common = zip(values, defaults).filter { "\($0.value)" == "\($1.value)" }.compactMap(\.0.label)
    #expect(common == [exception])  // a new value of the recipe belongs into it

    let points = arcs(60)
    let whole = try Trainer(points: points, dataset: "arcs", recipe: recipe)
    try whole.run(steps: recipe.steps)
    var model = try Trainer(points: points, dataset: "arcs", recipe: recipe).model
    for stop in [17, 41, recipe.steps] {
      let trainer = try Trainer(resuming: throughFile(model), points: points, threads: 1)
      try trainer.run(steps: stop - trainer.step)
      model = trainer.model
    }
    #expect(model == whole.model)
    var kept = recipe
    kept.threads = 0  // no fact of the result
    #expect(model.recipe == kept)
  }

  @Test("has other bits where a value of the recipe is not restored: each of them counts")
  func everyValueCounts() throws {
    var recipe = try unusual(.hybrid)
    recipe.decay = .cosine
    (recipe.optimizer, recipe.weightDecay) = (.adamW, 1.0 / 3)
    let points = arcs(60)
    let first = try Trainer(points: points, dataset: "arcs", recipe: recipe)
    try first.run(steps: 20)
    let middle = first.model
    func goOn(_ change: (inout TrainingRecipe) -> Void) throws -> NetworkWeights {
      var recipe = recipe
      change(&recipe)
      let changed = TrainedModel(
        weights: middle.weights, recipe: recipe, standardization: middle.standardization,
        support: middle.support, dataset: middle.dataset, step: middle.step, history: middle.history,
        state: middle.state)
      let trainer = try Trainer(resuming: changed, points: points, threads: 1)
      try trainer.run(steps: 5)
      return trainer.model.weights
    }
    let right = try goOn { _ in }
    let changes: [(name: String, change: (inout TrainingRecipe) -> Void)] = [
      ("steps", { $0.steps += 1 }), ("batch", { $0.batch += 1 }),
      ("learning rate", { $0.learningRate *= 1 + 1e-6 }), ("weight decay", { $0.weightDecay = 0 }),
      ("clip", { $0.clip = 1 }), ("average", { $0.emaDecay = 0.5 }), ("warm-up", { $0.warmup += 1 }),
      ("decay", { $0.decay = .constant }), ("schedule", { $0.schedule = .cosine(steps: 30) }),
      ("prediction", { $0.prediction = .v }), ("variance", { $0.variance = .interpolated }),
      ("seed", { $0.seed -= 1 }),
    ]
    for (name, change) in changes { #expect(try goOn(change) != right, "\(name)") }
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
    for (model, reason) in [
      (bare, "no state"), (trainer.model, "all 10 steps"),
      (try withoutMoments(middle), "of another optimizer"),
    ] {
      do {
        _ = try Trainer(resuming: model, points: points)
        Issue.record("went on without a state")
      } catch {
        #expect("\(error)".contains(reason), "\(error)")
      }
    }
  }

  private func withoutMoments(_ model: TrainedModel) throws -> TrainedModel {
    let state = try #require(model.state)
    return TrainedModel(
      weights: model.weights, recipe: model.recipe, standardization: model.standardization,
      support: model.support, dataset: model.dataset, step: model.step, history: model.history,
      state: TrainingState(
        weights: state.weights, moments: [], powers: [], openLoss: state.openLoss,
        objective: state.objective, points: state.points))
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

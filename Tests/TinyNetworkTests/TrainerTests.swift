import DiffusionProcess
import PointClouds
import Testing

@testable import TinyNetwork

@Suite("The trainer")
struct TrainerTests {
  /// Every prediction with the loss that weighs its errors as those of ε, and every loss with one prediction.
  static let learnable: [(TrainingLoss, Prediction)] =
    Prediction.allCases.map { (TrainingLoss(weight: ScoreMatchingWeight()), $0) }
    + TrainingLoss.all.filter {
      $0.needs.variance != .learned && $0.needs.schedule == nil && $0.corruption == .gaussian
    }.map { ($0, .v) }
    + [(.simple, .epsilon), (.simple, .clean), (.vlb, .mean)]

  @Test("lowers the held-out error, whatever the network says", arguments: learnable)
  func learns(loss: TrainingLoss, prediction: Prediction) throws {
    var recipe = smallRecipe(steps: 600)
    recipe.learningRate = 4e-3
    recipe.prediction = prediction
    recipe.loss = loss
    recipe.variance = loss.needs.onlyVariance ?? recipe.variance
    let trainer = try Trainer(points: arcs(2000), dataset: "arcs", recipe: recipe)
    let heldOut = trainer.model.standardization.apply(arcs(200, purpose: .heldOut))
    func error() -> Double {
      var denoiser = trainer.model.denoiser(threads: 1)
      denoiser.support = nil  // the network's own words
      return noiseError(of: denoiser, on: heldOut, schedule: recipe.schedule)
    }
    try trainer.run(steps: 1)
    let before = error()
    try trainer.run(steps: 599)
    #expect(trainer.isFinished)
    // Untrained networks say 0: of ε that is off by 1, of v by ½, of x₀ by far more. The exact denoiser is off
    // by some 0.4.
    let after = error()
    #expect(after < 0.95 * before)
    #expect(after < 0.47)
  }

  @Test("gives the same weights for 1, 2 and 4 threads, and however the steps are divided")
  func threads() throws {
    func weights(threads: Int, chunk: Int) throws -> NetworkWeights {
      var recipe = smallRecipe(steps: 150)
      recipe.threads = threads
      recipe.fourierFeatures = 2
      let trainer = try Trainer(points: arcs(500), dataset: "arcs", recipe: recipe)
      while !trainer.isFinished { try trainer.run(steps: chunk) }
      return trainer.model.weights
    }
    let one = try weights(threads: 1, chunk: 150)
    #expect(try weights(threads: 2, chunk: 150) == one)
    #expect(try weights(threads: 4, chunk: 150) == one)
    #expect(try weights(threads: 2, chunk: 7) == one)
  }

  @Test("repeats the first batches where asked, with the same bits for any number of threads")
  func repeating() throws {
    func trained(threads: Int, repeating: Int?, steps: Int) throws -> TrainedModel {
      var recipe = smallRecipe(steps: 40)
      recipe.threads = threads
      let trainer = try Trainer(points: arcs(500), dataset: "arcs", recipe: recipe, repeating: repeating)
      try trainer.run(steps: steps)
      return trainer.model
    }
    // Batches count from 1, so the first two steps are alike where batches 0 to 2 are repeated.
    let drawn = try trained(threads: 1, repeating: nil, steps: 2)
    #expect(try trained(threads: 1, repeating: 3, steps: 2).weights == drawn.weights)
    #expect(try trained(threads: 1, repeating: 1, steps: 2).weights != drawn.weights)
    let one = try trained(threads: 1, repeating: 3, steps: 40)
    #expect(try trained(threads: 4, repeating: 3, steps: 40).weights == one.weights)
    // A resumed trainer would draw its batches, so there is nothing to resume.
    #expect(one.state == nil)
    #expect(try trained(threads: 1, repeating: 3, steps: 2).state == nil)
  }

  @Test("keeps the mean loss of equal parts of the training")
  func history() throws {
    let trainer = try Trainer(points: arcs(500), dataset: "arcs", recipe: smallRecipe(steps: 2000))
    let mean = try trainer.run(steps: 100)
    let points = trainer.model.history
    #expect(points.map(\.step) == (1...50).map { 2 * $0 })
    // Sums in another order.
    #expect(abs(points.reduce(0) { $0 + $1.loss } / 50 - mean) < 1e-12)
  }

  @Test("stops when the loss is no longer finite, says at which step, and keeps the last good model")
  func diverges() throws {
    var recipe = smallRecipe()
    recipe.learningRate = 1e30
    recipe.warmup = 60
    recipe.clip = 0
    let trainer = try Trainer(points: arcs(100), dataset: "arcs", recipe: recipe)
    var failure: TrainingError?
    do {
      while !trainer.isFinished { try trainer.run(steps: 1) }
    } catch {
      failure = error
    }
    guard case .diverged(let step) = failure else {
      Issue.record("training with a learning rate of 1e30 went on")
      return
    }
    #expect((2...300).contains(step))
    let model = trainer.model
    #expect(model.weights.isFinite)
    #expect(model.step < step)
    // The trainer stays where it is.
    #expect(throws: TrainingError.diverged(step: step)) { try trainer.run(steps: 1) }
    #expect(trainer.model == model)
  }

  @Test("refuses points that nothing can be learned from")
  func badPoints() {
    let same = PointCloud([SIMD2(1, 2), SIMD2(1, 2)])
    let one = PointCloud([SIMD2(1, 2)])
    let infinite = PointCloud([SIMD2(1, 2), SIMD2(.infinity, 2)])
    for cloud in [same, one, infinite, PointCloud([])] {
      #expect(throws: TrainingError.self) {
        try Trainer(points: cloud, dataset: "bad", recipe: smallRecipe())
      }
    }
  }

  @Test("refuses recipes with values of 0, negative ones and absurd ones")
  func badRecipes() {
    let changes: [(inout TrainingRecipe) -> Void] = [
      { $0.steps = 0 }, { $0.steps = -1 }, { $0.batch = 0 }, { $0.batch = 1_000_000_000 },
      { $0.width = 0 }, { $0.width = 100_000 }, { $0.blocks = 0 }, { $0.blocks = 1000 },
      { $0.learningRate = 0 }, { $0.learningRate = .nan }, { $0.weightDecay = -1 }, { $0.clip = -1 },
      { $0.emaDecay = 1 }, { $0.warmup = -1 }, { $0.threads = -1 }, { $0.noiseFeatures = 3 },
      { $0.fourierFeatures = 99 },
      {
        // Each is accepted alone; together they are 9 GB.
        $0.batch = 65_536
        $0.width = 1024
        $0.blocks = 16
      },
    ]
    for change in changes {
      var recipe = smallRecipe()
      change(&recipe)
      #expect(recipe.problem != nil)
      #expect(throws: TrainingError.self) {
        try Trainer(points: arcs(10), dataset: "arcs", recipe: recipe)
      }
    }
  }
}

@Suite("The recipe")
struct TrainingRecipeTests {
  @Test("raises the learning rate, then lowers it to 0 along a cosine")
  func learningRate() {
    var recipe = TrainingRecipe()
    recipe.steps = 1000
    recipe.warmup = 100
    recipe.learningRate = 1
    #expect(recipe.learningRate(step: 0) == 0.01)
    // Half-way the cosine is 0.
    #expect(abs(recipe.learningRate(step: 500) - 0.5) < 1e-12)
    #expect(recipe.learningRate(step: 999) < 1e-5)
    #expect((100..<999).allSatisfy { recipe.learningRate(step: $0) > recipe.learningRate(step: $0 + 1) })
    recipe.decay = .constant
    #expect(recipe.learningRate(step: 0) == 0.01 && recipe.learningRate(step: 49) == 0.5)
    #expect((99..<1000).allSatisfy { recipe.learningRate(step: $0) == 1 })
  }

  @Test("has names to begin from, and every named one can be trained")
  func names() {
    #expect(NamedRecipe.all.named("lab")?.recipe == TrainingRecipe())
    #expect(NamedRecipe.all.named("adm")?.recipe == nil)
    #expect(NamedRecipe.all.allSatisfy { $0.recipe.problem == nil && !$0.summary.isEmpty })
  }

  @Test("of Ho et al. has their schedule, loss, rate and average")
  func textbook() throws {
    let recipe = try #require(NamedRecipe.all.named("ddpm")).recipe
    // Section 4 and appendix B of the paper.
    #expect(recipe.schedule == .linear(steps: 1000))
    #expect(recipe.prediction == .epsilon && recipe.loss == .simple && recipe.variance == .transition)
    #expect(recipe.batch == 128 && recipe.emaDecay == 0.9999 && recipe.weightDecay == 0)
    #expect(recipe.learningRate(step: 4999) == 2e-4 && recipe.learningRate(step: 19_999) == 2e-4)
  }

  @Test("gives the average a short memory first")
  func average() {
    let recipe = TrainingRecipe()
    #expect(recipe.emaDecay(step: 0) == 0.1)
    #expect(recipe.emaDecay(step: 1_000_000) == recipe.emaDecay)
  }

  @Test("reads hidden layers as 128x3")
  func hidden() {
    #expect(NetworkArchitecture.parse(hidden: "128x3").map { [$0.width, $0.blocks] } == [128, 3])
    #expect(NetworkArchitecture().hidden == "128x3")
    for wrong in ["", "128", "x", "128x", "128x3x2", "axb", "1.5x2"] {
      #expect(NetworkArchitecture.parse(hidden: wrong) == nil)
    }
  }

  /// The engine of a small recipe after its first step, beside where it began.
  private func firstStep(_ recipe: TrainingRecipe, batch: Int = 1) -> (
    before: NetworkWeights, engine: TrainingEngine
  ) {
    let points = arcs(500)
    let standard = (Standardization(of: points) ?? .identity).apply(points).points.map { SIMD2<Float>($0) }
    let engine = TrainingEngine(
      architecture: recipe.architecture, batch: recipe.batch, objective: recipe.loss.objective(recipe.head),
      points: standard, seed: recipe.seed, clip: recipe.clip)
    let before = NetworkWeights(
      random: recipe.architecture, noise: NoiseSource(seed: recipe.seed, purpose: .weights))
    engine.start(before)
    var optimizer = OptimizerSteps(recipe)
    engine.buffers.steps[0] = optimizer.next(step: 0)
    engine.run(first: batch, steps: 1, threads: 1)
    return (before, engine)
  }

  @Test("The first batch has number 1, because the noise of number 0 may have drawn the points")
  func firstBatch() throws {
    let recipe = smallRecipe()
    let trainer = try Trainer(points: arcs(500), dataset: "arcs", recipe: recipe)
    try trainer.run(steps: 1)
    let engine = firstStep(recipe).engine
    #expect(engine.layout.load(engine.buffers.weights) == trainer.model.state?.weights)
    let other = firstStep(recipe, batch: 0).engine
    #expect(other.layout.load(other.buffers.weights) != trainer.model.state?.weights)
  }

  @Test("A step moves the average of the weights by its rate, and shrinks weights but no bias by the decay")
  func averageAndDecay() {
    var recipe = smallRecipe()
    (recipe.warmup, recipe.weightDecay, recipe.learningRate) = (0, 0, 0.01)
    let (before, plain) = firstStep(recipe)
    let after = plain.layout.load(plain.buffers.weights)
    let average = plain.layout.load(plain.buffers.average)
    let rate = Double(plain.buffers.steps[0].averageRate)
    #expect(rate > 0 && rate < 1)
    recipe.weightDecay = 0.5
    let decayed = { $0.layout.load($0.buffers.weights) }(firstStep(recipe).engine)
    for l in before.layers.indices {
      for i in before.layers[l].weight.indices {
        let (old, new) = (Double(before.layers[l].weight[i]), Double(after.layers[l].weight[i]))
        // Rounding of Floats below 1, in sums and products.
        #expect(abs(Double(average.layers[l].weight[i]) - (old + rate * (new - old))) < 1e-6)
        #expect(abs(Double(decayed.layers[l].weight[i]) - (new - 0.01 * 0.5 * old)) < 1e-6)
      }
      #expect(decayed.layers[l].bias == after.layers[l].bias)
    }
    #expect(after != before)
  }
}

import CTileKernels
import PointClouds
import RealModule
import TestSupport
import Testing

@testable import TinyNetwork

/// One row of weights, and everything that an optimizer keeps of them.
final class SteppedWeights {
  static let width = 32
  let optimizer: Optimizer
  private let kernels: ctk_kernels
  private let memory: UnsafeMutablePointer<Float>

  init(_ weights: [Float], by optimizer: Optimizer, kernels: ctk_kernels = ctk_best().pointee) {
    self.optimizer = optimizer
    self.kernels = kernels
    let count = (3 + optimizer.moments.count) * Self.width
    memory = .allocate(capacity: count)
    memory.initialize(repeating: 0, count: count)
    for (i, weight) in weights.enumerated() { memory[i] = weight }
  }

  deinit { memory.deallocate() }

  private func row(_ index: Int) -> [Float] { (0..<Self.width).map { memory[index * Self.width + $0] } }
  var weights: [Float] { row(0) }
  var average: [Float] { row(1) }
  var moments: [[Float]] { optimizer.moments.indices.map { row(3 + $0) } }

  func step(_ step: OptimizerStep, gradient: (_ place: Int, _ weight: Float) -> Float) {
    let width = Self.width
    for i in 0..<width { memory[2 * width + i] = gradient(i, memory[i]) }
    optimizer.update(
      ParameterRows(
        kernels: kernels, rows: 1, width: width, stride: width, gradient: memory + 2 * width, weights: memory,
        average: memory + width, moments: memory + 3 * width, momentDistance: width), step)
  }
}

/// A recipe of a constant learning rate.
func constantRate(_ optimizer: Optimizer, rate: Double, steps: Int = 100) -> TrainingRecipe {
  var recipe = TrainingRecipe()
  recipe.use(optimizer)
  (recipe.learningRate, recipe.decay, recipe.warmup, recipe.steps) = (rate, .constant, 0, steps)
  return recipe
}

@Suite("An optimizer")
struct OptimizersTests {
  @Test("is found by its name, which no other has, and says what it is and where it is from")
  func registry() {
    #expect(Set(Optimizer.all.map(\.name)).count == Optimizer.all.count)
    #expect(Optimizer.all.allSatisfy { Optimizer.all.named($0.name) == $0 })
    #expect(Optimizer.all.allSatisfy { $0.summary.contains(/[ ](19|20)\d\d$/) && $0.learningRate > 0 })
    #expect(Optimizer.all.first == TrainingRecipe().optimizer && Optimizer.all.named("nadam") == nil)
  }

  @Test("lowers the loss with its default learning rate, whatever the loss", arguments: Optimizer.all)
  func learns(optimizer: Optimizer) throws {
    for loss in [TrainingLoss.simple, .vlb] {
      var recipe = smallRecipe(steps: 400)
      recipe.use(optimizer)
      recipe.loss = loss
      let trainer = try Trainer(points: arcs(500), dataset: "arcs", recipe: recipe)
      let first = try trainer.run(steps: 5)
      try trainer.run(steps: 300)
      let last = try trainer.run(steps: 95)
      // Most of the simple loss is noise that no network predicts; batches differ by some 0.01.
      #expect(last < 0.95 * first, "\(loss.name): from \(first) to \(last)")
    }
  }

  @Test(
    "gives the same bits with the kernels of every instruction set with fused multiply-add, and keeps 0 at 0")
  func sameBits() {
    for optimizer in Optimizer.all {
      let results = fusedKernels.map { kernels in
        let row = SteppedWeights([1, -2, 3e-3, 7], by: optimizer, kernels: kernels)
        var steps = OptimizerSteps(constantRate(optimizer, rate: 0.01))
        for step in 0..<50 { row.step(steps.next(step: step)) { 0.3 * $1 + ($0 < 4 ? 0.1 : 0) } }
        return [row.weights, row.average] + row.moments
      }
      #expect(results.dropFirst().allSatisfy { $0 == results[0] })
      #expect(results.allSatisfy { $0.allSatisfy { $0.dropFirst(4).allSatisfy { $0 == 0 } } })
    }
  }

  @Test("brings its own learning rate and weight decay into a recipe, unless it is there already")
  func defaults() {
    var recipe = TrainingRecipe()
    recipe.learningRate = 0.5
    recipe.use(.adamW)
    #expect(recipe.learningRate == 0.5)
    recipe.use(.adam)
    #expect(recipe.learningRate == Optimizer.adam.learningRate && recipe.weightDecay == 0)
  }

  @Test("adamw takes the steps of its paper: decoupled decay, and means without their bias towards 0")
  func adamW() {
    var recipe = TrainingRecipe()
    (recipe.steps, recipe.weightDecay, recipe.emaDecay) = (100, 0.02, 0.9)
    let row = SteppedWeights([1], by: .adamW)
    var steps = OptimizerSteps(recipe)
    var (weight, first, second, average) = (1.0, 0.0, 0.0, 0.0)
    for step in 0..<100 {
      var next = steps.next(step: step)
      next.gradientScale = 0.5
      row.step(next) { place, weight in place == 0 ? 2 * weight - 1 : 0 }
      let gradient = 0.5 * (2 * weight - 1)
      first += 0.1 * (gradient - first)
      second += 0.001 * (gradient * gradient - second)
      let (mean, square) = (
        first / (1 - Double.pow(0.9, step + 1)), second / (1 - Double.pow(0.999, step + 1))
      )
      let rate = recipe.learningRate(step: step)
      weight -= rate * (0.02 * weight + mean / (square.squareRoot() + 1e-8))
      average += (1 - min(0.9, Double(1 + step) / Double(10 + step))) * (weight - average)
      // A hundred roundings of Floats near 1.
      #expect(abs(Double(row.weights[0]) - weight) < 1e-5 && abs(Double(row.average[0]) - average) < 1e-5)
    }
  }

  @Test("adam first steps by the learning rate against the sign of the gradient, whatever its size")
  func adamFirstStep() {
    let gradients: [Float] = [1e-3, -1e-3, 5, -1e4]
    let row = SteppedWeights([], by: .adam)
    var steps = OptimizerSteps(constantRate(.adam, rate: 0.01))
    row.step(steps.next(step: 0)) { place, _ in place < 4 ? gradients[place] : 0 }
    for (weight, gradient) in zip(row.weights, gradients) {
      // ε is 1e-5 of the smallest gradient.
      #expect(isClose(Double(weight), gradient > 0 ? -0.01 : 0.01, 2e-7))
    }
  }
}

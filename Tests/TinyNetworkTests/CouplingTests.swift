import DiffusionProcess
import PointClouds
import Testing

@testable import TinyNetwork

@Suite("Optimal transport of a batch")
struct CouplingTests {
  private func examples(_ loss: TrainingLoss) -> [TrainingExample] {
    let head = NetworkHead(.velocity, schedule: DiscreteSchedule(sampling: RectifiedFlow(), steps: 10))
    let engine = TrainingEngine(
      architecture: NetworkArchitecture(width: 32, blocks: 1), batch: 100, objective: loss.objective(head),
      points: arcs(300).points.map { SIMD2<Float>($0) / 5 }, seed: 4, clip: 0)
    engine.start(NetworkWeights(zeros: engine.layout.architecture))
    engine.buffers.steps[0] = OptimizerStep(rate: 0, averageRate: 0)
    engine.run(first: 3, steps: 1, threads: 1)
    return (0..<100).map { engine.buffers.examples[$0] }
  }

  private func cost(_ examples: ArraySlice<TrainingExample>) -> Float {
    examples.reduce(0) { $0 + (($1.clean - $1.noise) * ($1.clean - $1.noise)).sum() }
  }

  @Test("gives the same points, levels and noises other partners, nearer ones")
  func nearer() {
    let independent = examples(.cfm)
    let coupled = examples(.cfmOT)
    #expect(independent.map(\.clean) == coupled.map(\.clean))
    #expect(independent.map(\.level) == coupled.map(\.level))
    for group in [0..<48, 48..<96, 96..<100] {
      let before = Set(independent[group].map(\.noise))
      #expect(Set(coupled[group].map(\.noise)) == before)
      #expect(before.count == group.count)
      #expect(cost(coupled[group]) <= cost(independent[group]))
      // No exchange of two partners is nearer.
      for i in group {
        for j in group where i < j {
          let (a, b) = (coupled[i], coupled[j])
          let exchanged = [
            TrainingExample(clean: a.clean, noise: b.noise, level: 0),
            TrainingExample(clean: b.clean, noise: a.noise, level: 0),
          ]
          // Rounding of Float.
          #expect(cost([a, b]) <= cost(exchanged[...]) + 1e-5)
        }
      }
    }
    #expect(cost(coupled[0..<96]) < 0.6 * cost(independent[0..<96]))
  }

  @Test("gives the same weights for 1, 2 and 4 threads, with a learned variance's loss too")
  func threads() throws {
    func weights(_ loss: TrainingLoss, _ variance: ReverseVariance, threads: Int) throws -> NetworkWeights {
      var recipe = smallRecipe(steps: 60)
      recipe.loss = loss
      recipe.variance = variance
      recipe.prediction = .velocity
      recipe.schedule = DiscreteSchedule(sampling: RectifiedFlow(), steps: 100)
      recipe.threads = threads
      let trainer = try Trainer(points: arcs(500), dataset: "arcs", recipe: recipe)
      while !trainer.isFinished { try trainer.run(steps: 20) }
      return trainer.model.weights
    }
    for (loss, variance) in [(TrainingLoss.cfmOT, ReverseVariance.transition), (.vlb, .full)] {
      let one = try weights(loss, variance, threads: 1)
      #expect(try weights(loss, variance, threads: 2) == one)
      #expect(try weights(loss, variance, threads: 4) == one)
    }
  }

  @Test("gives every point its partner for noise where there are partners")
  func partners() {
    let head = NetworkHead(.velocity, schedule: DiscreteSchedule(sampling: RectifiedFlow(), steps: 10))
    let points = arcs(30).points.map { SIMD2<Float>($0) / 5 }
    let engine = TrainingEngine(
      architecture: NetworkArchitecture(width: 32, blocks: 1), batch: 100,
      objective: TrainingLoss.cfm.objective(head), points: points, partners: points.map { 7 - $0 }, seed: 4,
      clip: 0)
    engine.start(NetworkWeights(zeros: engine.layout.architecture))
    engine.buffers.steps[0] = OptimizerStep(rate: 0, averageRate: 0)
    engine.run(first: 3, steps: 1, threads: 1)
    for row in 0..<100 {
      let example = engine.buffers.examples[row]
      #expect(example.noise == 7 - example.clean)
    }
  }

  @Test("of two clouds is learned: the flow takes one to the other")
  func twoClouds() throws {
    // Partners that lie 3 to the right: the velocity is that shift, everywhere and at all times.
    let points = arcs(500)
    var recipe = smallRecipe(steps: 400)
    recipe.prediction = .velocity
    recipe.loss = .cfm
    recipe.schedule = DiscreteSchedule(sampling: RectifiedFlow(), steps: 100)
    let trainer = try Trainer(
      points: points, partners: points.map { $0 + SIMD2(3, 0) }, dataset: "arcs", recipe: recipe)
    try trainer.run(steps: recipe.steps)
    let model = trainer.model
    var denoiser = model.denoiser(threads: 1)
    denoiser.support = nil
    let level = RectifiedFlow().level(at: 0.5)
    let middle = model.standardization.apply(points.map { $0 + SIMD2(1.5, 0) }).prefix(50)
    let clean = denoiser.denoise(middle, at: level)
    for i in 0..<50 {
      let velocity = (middle[i] - clean[i]) / level.noise * model.standardization.scale
      // A short training.
      #expect(abs(velocity.x - 3) < 0.3 && abs(velocity.y) < 0.3, "\(velocity)")
    }
  }
}

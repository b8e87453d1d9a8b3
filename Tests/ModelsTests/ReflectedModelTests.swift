import DiffusionLab
import TestSupport
import Testing

@Suite("Models between walls")
struct ReflectedModelTests {
  private func exact() throws -> ReflectedModel {
    let (box, mixture) = (try #require(Box().box), try #require(Box().foldedMixture))
    return try #require(ReflectedModel(exact: mixture, in: box, name: "box"))
  }

  @Test(
    "The exact score samples its data to within the noise floor",
    arguments: ["reflected-em", "reflected-ode"])
  func noiseFloor(name: String) throws {
    let model = try exact()
    let samples = try model.plan(SamplingRequest(sampler: try Samplers.all.find(name), steps: 50))
      .samples(count: 2000, seed: 3)
    #expect(model.reflection.box.shareOutside(samples) == 0)
    func truth(_ k: UInt64) -> PointCloud {
      Box().sample(count: 4000, noise: NoiseSource(seed: k, purpose: .truth))
    }
    let distances = (1...3).map { slicedWasserstein(samples, truth(UInt64($0))) }
    let floors = (1...3).map { slicedWasserstein(truth(UInt64(10 + $0)).prefix(2000), truth(UInt64($0))) }
    // The floor of one pair scatters by a quarter; the means of three by less.
    #expect(distances.reduce(0, +) < 1.4 * floors.reduce(0, +), "\(distances) \(floors)")
  }

  @Test("A trajectory ends at the samples of the same seed, in the units of the data")
  func trajectory() throws {
    let model = try exact()
    let plan = try model.plan(SamplingRequest(steps: 8))
    let chain = plan.trajectory(count: 30, seed: 2)
    #expect(chain.samples == plan.samples(count: 30, seed: 2))
    #expect(chain.clouds.allSatisfy { model.reflection.box.shareOutside($0) == 0 })
    #expect(chain.count == 9 && chain.times.first == 1)
  }

  @Test("A trained one samples inside its box; a plain network makes none")
  func trained() throws {
    var recipe = TrainingRecipe()
    recipe.steps = 30
    recipe.width = 16
    recipe.blocks = 1
    let points = Box().sample(count: 300, noise: NoiseSource(seed: 1, purpose: .training))
    let plain = try Trainer(points: points, dataset: "box", recipe: recipe)
    #expect(ReflectedModel(plain.model) == nil)
    recipe.loss = .reflected
    recipe.prediction = .score
    let trainer = try Trainer(points: points, dataset: "box", recipe: recipe)
    try trainer.run(steps: 30)
    let model = try #require(ReflectedModel(trainer.model, threads: 1))
    for sampler in [ReflectedEulerMaruyama(), ReflectedFlow()] as [any SamplingRule] {
      let samples = try model.samples(count: 200, sampler: sampler, steps: 10, seed: 1)
      #expect(model.reflection.box.shareOutside(samples) == 0)
    }
  }

  @Test("The field's density sums to 1 over the box, exact or of points, and no arrow crosses a wall")
  func field() throws {
    let model = try exact()
    let data = Box().sample(count: 500, noise: NoiseSource(seed: 1, purpose: .data))
    let figure = try #require(LabFigures(model, data: data, seed: 0).field(time: 0.4))
    let cell = 2.0 / Double(figure.density.size)
    // A midpoint sum of a smooth density that is even at the walls.
    #expect(isClose(figure.density.values.reduce(0, +) * cell * cell, 1, 1e-9))
    let score = model.score.score(PointCloud([SIMD2(0, 0.3), SIMD2(0.4, 1)]), sigma: 0.2)
    #expect(abs(score[0].x) < 1e-9 && abs(score[1].y) < 1e-9)
  }

  @Test("Plain samples beside reflected ones say how many lie outside")
  func walls() throws {
    let box = try #require(Box().box)
    let figure = ComparisonFigure(
      [
        ("a", PointCloud([SIMD2(0, 0), SIMD2(2, 0), SIMD2(0, 0.5), SIMD2(0.1, 0)])),
        ("b", PointCloud([SIMD2(0, 0), SIMD2(1, 1)])),
      ], walls: box, title: "walls")
    #expect(
      figure.panels.map(\.note) == ["out 25.0 %, wall 0.0 %", "out 0.0 %, wall 50.0 %"])
    #expect(figure.walls == box)
    let (with, without) = (figure, ComparisonFigure(figure.panels, title: "walls", limits: figure.limits))
    #expect(with.draw(theme: .light).items.count == without.draw(theme: .light).items.count + 2)
  }
}

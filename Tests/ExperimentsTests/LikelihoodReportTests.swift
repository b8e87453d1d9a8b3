import DiffusionLab
import TestSupport
import Testing

@Suite("Likelihood of a model")
struct LikelihoodReportTests {
  private func ring() throws -> (source: DataSource, mixture: GaussianMixture) {
    let source = try DataSource.load("ring8")
    return (source, try #require(source.mixture))
  }

  @Test("The oracle's log p is the exact one, in the units of the data")
  func oracle() throws {
    let (source, mixture) = try ring()
    let model = ExactModel(mixture, name: "ring8", schedule: .cosine(steps: 100)).base
    let points = try source.sample(count: 50, seed: 0, purpose: .heldOut)
    let report = LikelihoodReport(model, at: points, by: model.likelihood())
    for row in report.points {
      let exact = try #require(row.exact)
      #expect(isClose(exact, mixture.logDensity(SIMD2(row.x, row.y)), 1e-9))
      // 64 steps of fourth order: 3e-5 at the worst of these points.
      #expect(abs(row.logDensity - exact) < 1e-4)
    }
    #expect(isClose(report.bitsPerDimension, -report.mean / (2 * 0.6931471805599453), 1e-12))
    #expect(report.smoothing == 0)
    let lines = report.csv.split(separator: "\n")
    #expect(lines.count == 51 && lines[0] == "x,y,log_p,exact")
    #expect(try report.json().contains("\"bitsPerDimension\""))
    #expect(report.summary.contains("bits per dimension") && report.table.contains("log_p"))
  }

  @Test("Every process gives the oracle the same log p")
  func processes() throws {
    let (source, mixture) = try ring()
    let model = ExactModel(mixture, name: "ring8", schedule: .cosine(steps: 100)).base
    let points = try source.sample(count: 20, seed: 1, purpose: .heldOut)
    for process in Processes.all {
      let likelihood = model.likelihood(along: process, smoothing: 0.05, steps: 200)
      let level = NoiseLevel(signal: 1, noise: 0.05 * model.standardization.scale)
      let found = model.logDensity(of: points, by: likelihood)
      for i in 0..<points.count {
        // 200 steps of fourth order; the slowest start is that of ve, whose steps grow.
        #expect(abs(found[i] - mixture.logDensity(points[i], at: level)) < 1e-4, "\(process.name)")
      }
    }
  }

  @Test("The density of a trained network integrates to 1 within 1 %, and is near the true one")
  func integral() throws {
    let (source, mixture) = try ring()
    var recipe = TrainingRecipe()
    recipe.steps = 1500
    recipe.width = 64
    recipe.blocks = 2
    recipe.emaDecay = 0.99  // a longer memory would still know the random start
    let trainer = try Trainer(
      points: try source.sample(count: 10_000, seed: 0, purpose: .training), dataset: "ring8", recipe: recipe)
    try trainer.run(steps: recipe.steps)
    let trained = TrainedDiffusion(trainer.model, mixture: mixture)
    let model = trained.base
    let figures = LabFigures(trained, data: try source.sample(count: 1000, seed: 0), seed: 0)
    let density = figures.density(of: model, cells: 50, by: model.likelihood(steps: 32))
    #expect(abs(density.panels[0].density.integral - 1) < 0.01, "\(density.panels[0].density.integral)")
    #expect(abs(density.panels[1].density.integral - 1) < 0.001)
    let points = try source.sample(count: 200, seed: 0, purpose: .heldOut)
    let report = LikelihoodReport(model, at: points, by: model.likelihood(steps: 32))
    // What a short training leaves: some tenths of a nat, where N(0, I) would be 1.9 from the truth; less than nothing
    // only by the scatter of 200 points.
    let gap = try #require(report.exactMean) - report.mean
    #expect(gap > -0.1 && gap < 1, "\(gap)")
  }

  @Test("Where the truth is unknown the data stand in, and a chain of one step is smoothed, not refused")
  func unknown() throws {
    let source = try DataSource.load("moons")
    var recipe = TrainingRecipe()
    recipe.steps = 20
    recipe.width = 16
    recipe.blocks = 1
    recipe.schedule = .cosine(steps: 1)
    let points = try source.sample(count: 300, seed: 0, purpose: .training)
    let trainer = try Trainer(points: points, dataset: "moons", recipe: recipe)
    try trainer.run(steps: 20)
    let trained = TrainedDiffusion(trainer.model)
    let model = trained.base
    let density = LabFigures(trained, data: points, seed: 0)
      .density(of: model, cells: 10, by: model.likelihood(steps: 10))
    #expect(density.panels[1].title.contains("kernel"))
    let report = LikelihoodReport(model, at: points.prefix(3), by: model.likelihood(steps: 10))
    #expect(report.exactMean == nil && !report.csv.contains("exact"))
    #expect(report.smoothing > 0 && report.mean.isFinite)
  }

  @Test("The smoothing is told in the units of the data")
  func smoothing() throws {
    let (_, mixture) = try ring()
    let model = ExactModel(mixture, name: "ring8", schedule: .cosine(steps: 100)).base
    let scale = model.standardization.scale
    #expect(abs(scale - 1) > 0.01)
    let likelihood = model.likelihood(along: VariancePreserving(), smoothing: 0.05, steps: 20)
    let report = LikelihoodReport(model, at: PointCloud([.zero]), by: likelihood)
    let sigma = VariancePreserving().level(at: likelihood.start).sigma
    #expect(isClose(report.smoothing, sigma * scale, 1e-12))
  }
}

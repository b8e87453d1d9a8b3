import DiffusionLab
import TestSupport
import Testing

@Suite("Models of Gaussian noise")
struct GaussianModelTests {
  /// Two slanted Gaussians away from the origin, in units of their own.
  static let mixture = GaussianMixture([
    .init(weight: 1, mean: SIMD2(10, -4), covariance: SymmetricMatrix(xx: 2, xy: 0.5, yy: 1)),
    .init(weight: 3, mean: SIMD2(16, 2), covariance: SymmetricMatrix(xx: 0.5, xy: -0.2, yy: 1)),
  ])

  @Test("The exact model of a mixture samples the mixture, in the units of its data")
  func exact() throws {
    let model = Self.mixture.asModel(name: "two", schedule: .cosine(steps: 200))
    let samples = try model.samples(count: 4000, sampler: Ancestral(), steps: 200, seed: 1)
    let mean = samples.points.reduce(.zero, +) / 4000
    let deviation = (Self.mixture.covariance.trace / 2).squareRoot()
    // Five standard errors of the mean, and what 200 steps leave of bias.
    #expect(isClose(mean / deviation, Self.mixture.mean / deviation, 5 / 4000.0.squareRoot() + 0.01))
  }

  @Test("A trajectory ends at the samples of the same seed")
  func trajectory() throws {
    let model = ExactModel(Self.mixture, name: "two", schedule: .linear(steps: 100))
    for sampler in [Ancestral(), DDIM(eta: 0.3)] as [any Sampler] {
      let samples = try model.samples(count: 50, sampler: sampler, steps: 20, seed: 7)
      let plan = try model.plan(SamplingRequest(rule: sampler, steps: 20))
      #expect(plan.units.undo(plan.trajectory(count: 50, seed: 7).samples) == samples)
    }
  }

  /// A sampler of one's own, which no registry knows.
  private struct Still: LevelSampler {
    func step(
      _ x: inout PointCloud, from: NoiseLevel, to: NoiseLevel, using denoiser: any Denoiser,
      noise: NoiseSource
    ) {}
  }

  @Test("A sampler that is already made is named for what it is, in plans and refusals")
  func names() throws {
    let model = ExactModel(Self.mixture, name: "two", schedule: .linear(steps: 100))
    #expect(try model.plan(SamplingRequest(rule: DDIM(eta: 0.5), steps: 5)).name == "ddim")
    #expect(try model.plan(SamplingRequest(rule: DDIM())).steps == DDIM.kind.steps)
    #expect(try model.plan(SamplingRequest(rule: Still(), steps: 5)).name == "Still")
    #expect {
      try model.plan(SamplingRequest(rule: EulerMaruyama(), steps: 5))
    } throws: {
      "\($0)".hasPrefix("em: ")
    }
  }

  @Test("Values that a parameter may not have, and parameters that a sampler does not take, are refused")
  func parameters() throws {
    let model = ExactModel(Self.mixture, name: "two", schedule: .linear(steps: 100))
    for (sampler, values, reason) in [
      ("ddim", ["eta": .number(2)], "the parameter eta: give a number from 0 to 1"),
      ("ddim", ["eta": .word("much")], "the parameter eta: give a number from 0 to 1"),
      ("deis", ["predictions": .number(2.5)], "the parameter predictions: give a whole number from 1 to 4"),
      ("ddpm", ["variance": .word("nonsense")], "the parameter variance: no variance has this name"),
      ("ddpm", ["variance": .number(1)], "the parameter variance: give one of transition"),
      ("ddim", ["variance": .word("full")], "the sampler ddim takes no variance; it belongs to ddpm"),
      ("ddim", ["nosuch": .number(1)], "the sampler ddim takes no nosuch; no sampler does"),
    ] as [(String, ParameterValues, String)] {
      let request = SamplingRequest(sampler: try Samplers.all.find(sampler), parameters: values, steps: 5)
      #expect {
        try model.plan(request)
      } throws: {
        "\($0)".hasPrefix(reason)
      }
    }
    let half = SamplingRequest(sampler: DDIM.kind, parameters: ["eta": .number(0.5)], grid: .chain, steps: 5)
    #expect(
      try model.plan(half).samples(count: 9, seed: 1)
        == model.samples(count: 9, sampler: DDIM(eta: 0.5), steps: 5, seed: 1))
  }

  @Test("Standard units have zero mean and unit overall deviation")
  func standardUnits() throws {
    let model = ExactModel(Self.mixture, name: "two", schedule: .cosine(steps: 10))
    let oracle = try #require(model.base.oracle)
    // A few roundings of numbers of order 10.
    #expect(isClose(oracle.mean, .zero, 1e-14))
    #expect(isClose(oracle.covariance.trace / 2, 1, 1e-14))
  }

  @Test("A small training run beats the untrained network and reports its scores in text and JSON")
  func report() throws {
    let source = try DataSource.load("ring8")
    var recipe = TrainingRecipe()
    recipe.steps = 400
    recipe.width = 64
    recipe.blocks = 2
    let trainer = try Trainer(
      points: try source.sample(count: 4000, seed: 0, purpose: .training), dataset: "ring8", recipe: recipe)
    func report(_ model: TrainedModel) throws -> LabReport {
      let drawn = model.asModel(mixture: source.mixture)
      let plan = try drawn.plan(SamplingRequest(steps: 50))
      return try LabReport(
        model: model, drawnFrom: drawn, samples: plan.samples(count: 500, seed: 0), plan: plan,
        source: source)
    }
    let before = try report(trainer.model)
    try trainer.run(steps: 400)
    let after = try report(trainer.model)
    let exact = try #require(after.exactNoiseError)
    // 2,000 points at 50 levels: the sampling error of a mean of 2·10⁵ squares is below 1 %.
    let trained = try #require(after.heldOutNoiseError)
    // Untrained, the network says about v = 0, which is the best linear guess; three quarters of what that leaves
    // is learned in 400 steps.
    #expect(trained - exact < 0.5 * (try #require(before.heldOutNoiseError) - exact))
    #expect(trained > 0.99 * exact)
    #expect(after.scores.rows[0].value < before.scores.rows[0].value)
    #expect(after.summary.contains("exact denoiser"))
    #expect(try after.json().contains("\"heldOutNoiseError\""))
  }
}

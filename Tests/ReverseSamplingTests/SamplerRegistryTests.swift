import DiffusionProcess
import PointClouds
import ReverseSampling
import TestSupport
import Testing

@Suite("The list of samplers")
struct SamplerRegistryTests {
  /// A denoiser that knows no more than every denoiser does.
  struct Plain: Denoiser {
    func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) { clean = noisy }
  }

  @Test("Names are unique, and every sampler has an order and a cost")
  func entries() {
    #expect(Set(Samplers.all.names).count == Samplers.all.count)
    for entry in Samplers.all {
      let sampler = entry.rule
      #expect((1...5).contains(sampler.order), "\(entry.name)")
      #expect(sampler.evaluationsPerStep >= 1, "\(entry.name)")
    }
    #expect(Samplers.all.named("no such sampler") == nil)
    #expect(throws: UnknownName("dimm", kind: "sampler", known: Samplers.all.names)) {
      try Samplers.all.find("dimm")
    }
  }

  @Test("Samplers that take a parameter of one name declare the same one, which is one option")
  func parameters() {
    for kind in Samplers.all {
      for parameter in kind.parameters { #expect(Samplers.parameters.contains(parameter), "\(kind.name)") }
    }
    #expect(Set(Samplers.parameters.map(\.name)).count == Samplers.parameters.count)
  }

  /// The samplers of Gaussian noise with their defaults.
  static let gaussian = Samplers.ofGaussianNoise.compactMap { kind in
    (kind.rule as? any Sampler).map { (kind: kind, sampler: $0) }
  }

  /// Needs of more than the mean, which is what a counting denoiser counts.
  static let ofMore: [SamplerNeed] = [.variance(.optimal), .moments, .momentsAndCovariance]

  @Test("A step asks the denoiser as often as the sampler says")
  func evaluations() {
    let oracle = GaussianMixture.gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: 1))
    let grid = TimeGrid(VariancePreserving(), times: [1, 0.5])
    for (entry, sampler) in Self.gaussian
    where entry.name != "ode-dopri5" && !Self.ofMore.contains(sampler.need) {
      let counting = CountingDenoiser(oracle)
      _ = sampler.sample(
        from: PointCloud(zeros: 3), along: grid, using: counting,
        noise: NoiseSource(seed: 1, purpose: .sampling))
      #expect(counting.calls == sampler.evaluationsPerStep, "\(entry.name)")
    }
  }

  @Test("A chain to the data asks as often as the sampler says of its grid, on every family of levels")
  func evaluationsOfChains() {
    let oracle = GaussianMixture.gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: 1))
    let schedule = DiscreteSchedule.cosine(steps: 100)
    for (entry, sampler) in Self.gaussian where !Self.ofMore.contains(sampler.need) {
      for family in GridFamily.all {
        let grid = family.grid(of: schedule, steps: 4)
        guard sampler.need.problem(with: oracle, along: grid) == nil else { continue }
        guard let expected = sampler.evaluations(along: grid) else {
          #expect(entry.name == "ode-dopri5")
          continue
        }
        let counting = CountingDenoiser(oracle)
        _ = sampler.sample(
          from: grid.start(count: 3, noise: NoiseSource(seed: 1, purpose: .start)), along: grid,
          using: counting, noise: NoiseSource(seed: 1, purpose: .sampling))
        #expect(counting.calls == expected, "\(entry.name) on \(family.name)")
      }
    }
  }

  @Test("Every sampler runs on the levels that it does best on")
  func ownGrids() throws {
    let oracle = GaussianMixture.gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: 1))
    let schedule = DiscreteSchedule.cosine(steps: 1000)
    for entry in Samplers.ofGaussianNoise {
      let family = try #require(GridFamily.all.named(entry.grid), "\(entry.name)")
      let grid = family.grid(of: schedule, steps: entry.steps)
      #expect(grid.steps == entry.steps)
      #expect(entry.rule.need.problem(with: oracle, along: grid) == nil, "\(entry.name)")
    }
  }

  @Test("A chain is known as the continuous process that it samples, and others are not")
  func process() {
    for name in ["vp", "vp-exact", "sub-vp", "ve", "flow"] {
      let expected = name == "vp-exact" ? "vp" : name
      #expect(DiscreteSchedule.named(name, steps: 20)?.process?.name == expected)
    }
    #expect(DiscreteSchedule.cosine(steps: 20).process == nil)
  }

  @Test("A sampler that a chain or a denoiser cannot serve is refused with the reason")
  func problems() throws {
    let oracle = GaussianMixture.gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: 1))
    let flow = DiscreteSchedule(sampling: RectifiedFlow(), steps: 10)
    let cosine = DiscreteSchedule.cosine(steps: 10)
    func problem(_ name: String, _ denoiser: any Denoiser, _ schedule: DiscreteSchedule) throws -> String? {
      try #require(Samplers.all.named(name)).rule.need.problem(
        with: denoiser, along: TimeGrid(schedule, steps: 10))
    }
    #expect(try problem("ddpm-optimal", Plain(), cosine)?.contains("Cov[x₀ | x_t]") == true)
    #expect(try problem("ddpm-optimal", oracle, cosine) == nil)
    #expect(try problem("ode-rk4", oracle, cosine)?.contains("continuous time") == true)
    #expect(try problem("ode-rk4", oracle, flow) == nil)
    #expect(try problem("em", oracle, flow)?.contains("infinite") == true)
    #expect(try problem("pc", oracle, flow)?.contains("without signal") == true)
  }

  @Test(
    "Every sampler that a chain admits ends with finite samples",
    arguments: ["cosine", "flow", "karras", "vp", "sub-vp", "ve"])
  func finite(name: String) throws {
    let oracle = GaussianMixture.gaussian(mean: SIMD2(1, 0), covariance: SymmetricMatrix(isotropic: 0.5))
    let schedule = try #require(DiscreteSchedule.named(name, steps: 20))
    let grid = TimeGrid(schedule, steps: 10)
    let start = grid.start(count: 20, noise: NoiseSource(seed: 4, purpose: .start))
    var run = 0
    for (entry, sampler) in Self.gaussian where sampler.need.problem(with: oracle, along: grid) == nil {
      let ends = sampler.sample(
        from: start, along: grid, using: oracle, noise: NoiseSource(seed: 4, purpose: .sampling))
      #expect(ends.points.allSatisfy { $0.x.isFinite && $0.y.isFinite }, "\(entry.name)")
      run += 1
    }
    #expect(run >= 7)
  }

  /// Chains of every schedule with so few steps that each is as long as can be.
  static let shortChains = DiscreteSchedule.all.flatMap { entry in
    [1, 2, 3, 5].map { entry.make($0) }
  }

  @Test("The shortest chains of every schedule end with finite samples, or are refused with the reason")
  func shortest() {
    let oracle = GaussianMixture([
      .init(weight: 1, mean: SIMD2(1, 0), covariance: SymmetricMatrix(isotropic: 0.5)),
      .init(weight: 2, mean: SIMD2(-0.5, 0.3), covariance: SymmetricMatrix(xx: 0.1, xy: 0.02, yy: 0.3)),
    ])
    let source = NoiseSource(seed: 5, purpose: .sampling)
    for schedule in Self.shortChains {
      // All families but the first have their own levels: one schedule stands for all.
      let families = schedule.name == "cosine" ? Array(GridFamily.all) : [.chain]
      for (family, steps) in families.flatMap({ family in (1...schedule.steps).map { (family, $0) } }) {
        #expect(family.problem(steps: steps, of: schedule) == nil)
        let grid = family.grid(of: schedule, steps: steps)
        let start = grid.start(count: 3, noise: NoiseSource(seed: 5, purpose: .start))
        for (entry, sampler) in Self.gaussian {
          let place = "\(entry.name) on \(family.name), \(schedule.name) \(steps) of \(schedule.steps)"
          if let problem = sampler.need.problem(with: oracle, along: grid) {
            #expect(!problem.isEmpty, "\(place)")
            continue
          }
          let ends = sampler.sample(
            from: start, along: grid, using: oracle, noise: source)
          #expect(ends.points.allSatisfy { $0.x.isFinite && $0.y.isFinite }, "\(place)")
        }
      }
    }
  }

  @Test("Of the samplers that add noise these add none on the step to the data")
  func lastStep() throws {
    let oracle = GaussianMixture.gaussian(mean: SIMD2(1, 0), covariance: SymmetricMatrix(isotropic: 0.5))
    let grid = TimeGrid(VariancePreserving(), times: [0.05, 0])
    let start = grid.start(count: 5, noise: NoiseSource(seed: 4, purpose: .start))
    let quiet = Self.gaussian.filter { _, sampler in
      guard sampler.addsNoise else { return false }
      let ends = [1, 2].map { seed in
        sampler.sample(
          from: start, along: grid, using: oracle, noise: NoiseSource(seed: seed, purpose: .sampling))
      }
      return ends[0].points == ends[1].points
    }
    #expect(quiet.map(\.kind.name) == ["ddpm", "gms-published", "em"])
  }

  @Test("Analytic-DPM's variance is no larger than data of the stated variance can have")
  func clip() {
    struct Lost: Denoiser {
      // As if all of x_t were signal: Γ = 0, from which the published formula makes the error σ².
      func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) {
        for i in 0..<noisy.count { clean[i] = noisy[i] / level.signal }
      }
    }
    let grid = TimeGrid(sigmas: [10, 5])
    let posterior = ReversePosterior(from: grid.levels[0], to: grid.levels[1])
    let b = posterior.cleanCoefficient
    let noise = NoiseSource(seed: 1, purpose: .sampling)
    let zeta = noise.normalCloud(count: 4)
    for variance in [1, 0.25] {
      let sampler = Ancestral(variance: .analytic, analytic: AnalyticVariance(dataVariance: variance))
      let x = sampler.sample(from: PointCloud(zeros: 4), along: grid, using: Lost(), noise: noise)
      let deviation = (posterior.variance + b * b * variance).squareRoot()
      for i in 0..<4 { #expect(isClose(x[i], deviation * zeta[i], 1e-12)) }
    }
  }
}

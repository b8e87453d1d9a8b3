import DiffusionLab
import TestSupport
import Testing

/// The ancestral chain draws from the kernel that the bound judges.
@Suite("Draws and bounds of the reverse kernel")
struct ReverseKernelDrawTests {
  static let schedule = DiscreteSchedule.cosine(steps: 20)
  static let visited = schedule.visits(steps: 4)
  static let grid = TimeGrid(schedule, visiting: visited)

  /// A model whose denoiser knows a variance: a network after a few steps for a learned one, the exact one otherwise.
  static func denoiser(_ variance: ReverseVariance) throws -> any Denoiser {
    let source = try DataSource.load("aniso3")
    guard variance.isLearned else {
      let mixture = try #require(source.mixture)
      return ExactModel(mixture, name: source.name, schedule: schedule).base.denoiser
    }
    var recipe = TrainingRecipe()
    (recipe.steps, recipe.width, recipe.blocks) = (60, 16, 1)
    (recipe.variance, recipe.loss) = (variance, variance == .moments ? .gms : .vlb)
    recipe.schedule = schedule
    let trainer = try Trainer(
      points: try source.sample(count: 1000, seed: 0, purpose: .training), dataset: source.name,
      recipe: recipe)
    try trainer.run(steps: recipe.steps)
    return TrainedDiffusion(trainer.model).base.denoiser
  }

  @Test("200,000 draws of a step have the kernel's mean and covariance", arguments: ReverseVariance.allCases)
  func draws(variance: ReverseVariance) throws {
    let denoiser = try Self.denoiser(variance)
    let count = 200_000
    let start = PointCloud([SIMD2<Double>](repeating: SIMD2(0.4, -0.3), count: count))
    var sampler = Ancestral(variance: variance, noiseOnLastStep: true)
    // A long step in the middle, and the step to the data.
    for i in [1, 3] {
      let (from, to) = (Self.grid.levels[i], Self.grid.levels[i + 1])
      let (clean, factors) = ReverseKernel(variance, of: denoiser, along: Self.grid.levels)
        .step(start, from: from, to: to)
      let expected = factors[0].product
      var x = start
      sampler.step(
        &x, over: i, of: Self.grid, using: denoiser, noise: NoiseSource(seed: 5, purpose: .sampling))
      let n = Double(count)
      let mean = ReversePosterior(from: from, to: to).mean(noisy: start[0], clean: clean[0])
      let offset = x.points.reduce(.zero) { $0 + ($1 - mean) } / n
      let found =
        (1 / n)
        * x.points.reduce(SymmetricMatrix(isotropic: 0)) {
          $0 + SymmetricMatrix(outer: $1 - mean)
        }
      // Five standard errors: of a mean √(Σ_jj / n), of a covariance √((Σ_jj·Σ_kk + Σ_jk²) / n).
      let (xx, xy, yy) = (expected.xx, expected.xy, expected.yy)
      for (a, b, square) in [
        (offset.x, 0, xx), (offset.y, 0, yy), (found.xx, xx, 2 * xx * xx), (found.yy, yy, 2 * yy * yy),
        (found.xy, xy, xx * yy + xy * xy),
      ] {
        let error = (square / n).squareRoot()
        #expect(abs(a - b) < 5 * error, "\(a) for \(b) at step \(i)")
      }
    }
  }

  @Test("The bound judges the factors that the sampler draws with", arguments: ReverseVariance.allCases)
  func judged(variance: ReverseVariance) throws {
    let denoiser = try Self.denoiser(variance)
    let points = NoiseSource(seed: 3, purpose: .data).normalCloud(count: 20)
    let noise = NoiseSource(seed: 3, purpose: .forward)
    let bound = VariationalBound(
      of: ReverseKernel(variance, of: denoiser, along: Self.grid.levels), schedule: Self.schedule,
      visiting: Self.visited, points: points, noise: noise)
    var sampler = Ancestral(variance: variance, noiseOnLastStep: true)
    for (i, step) in Self.schedule.reverseSteps(visiting: Self.visited).enumerated() {
      let noisy = step.from.noisy(points, noise: noise.at(step: step.start))
      /// What a step makes of the noisy points where every ζ is the same.
      func moved(_ zeta: SIMD2<Double>) -> PointCloud {
        var x = noisy
        sampler.step(
          &x, over: i, of: Self.grid, using: denoiser,
          noise: NoiseSource(recorded: [[SIMD2<Double>](repeating: zeta, count: points.count)]))
        return x
      }
      let (mean, first, second) = (moved(.zero), moved(SIMD2(1, 0)), moved(SIMD2(0, 1)))
      let nats = points.points.indices.reduce(0) { sum, k in
        let (x, y) = (first[k] - mean[k], second[k] - mean[k])
        let factor = LowerTriangle(xx: x.x, yx: x.y, yy: y.y)
        let offset = step.posterior.mean(noisy: noisy[k], clean: points[k]) - mean[k]
        let loss =
          step.end == 0
          ? StepLoss.negativeLogLikelihood(offset: offset, factor: factor)
          : StepLoss.divergence(offset: offset, variance: step.posterior.variance, factor: factor)
        return sum + loss.value / Double(points.count)
      }
      // Differences of points of size 1 leave the factors, of size 0.01 and more, thirteen digits.
      #expect(isClose(nats, bound.terms[i + 1].nats, 1e-10), "from \(step.start)")
    }
  }
}

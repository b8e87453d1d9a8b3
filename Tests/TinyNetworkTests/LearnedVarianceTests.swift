import DiffusionProcess
import PointClouds
import RealModule
import TestSupport
import Testing

@testable import TinyNetwork

@Suite("A learned variance")
struct LearnedVarianceTests {
  /// A narrow tilted Gaussian, whose best covariance is far from any diagonal one.
  private func needle(_ count: Int, purpose: NoiseSource.Purpose = .data) -> PointCloud {
    let factor = LowerTriangle(xx: 2, yx: 1.8, yy: 0.3)
    let noise = NoiseSource(seed: 8, purpose: purpose)
    return PointCloud((0..<count).map { factor * noise.normal(particle: $0) })
  }

  private func trained(_ variance: ReverseVariance, _ loss: TrainingLoss, steps: Int) throws -> TrainedModel {
    var recipe = smallRecipe(steps: steps)
    recipe.learningRate = 4e-3
    recipe.schedule = .cosine(steps: 10)
    recipe.prediction = .v
    recipe.variance = variance
    recipe.loss = loss
    let trainer = try Trainer(points: needle(3000), dataset: "needle", recipe: recipe)
    try trainer.run(steps: steps)
    return trainer.model
  }

  private func bound(_ model: TrainedModel) -> Double {
    let points = model.standardization.apply(needle(2000, purpose: .heldOut))
    let kernel = ReverseKernel(
      model.variance, of: model.denoiser(threads: 1), along: model.schedule.levels(visiting: nil))
    return VariationalBound(
      of: kernel, schedule: model.schedule, points: points, noise: NoiseSource(seed: 2, purpose: .heldOut)
    ).nats
  }

  @Test("lowers the bound: full below diagonal below fixed, and full is near the optimum")
  func bounds() throws {
    let fixed = try bound(trained(.transition, .vlb, steps: 800))
    let diagonal = try bound(trained(.diagonal, .vlb, steps: 800))
    let model = try trained(.full, .vlb, steps: 800)
    let full = bound(model)
    // Measured: 1.65, 1.47 and 1.03; 2000 points leave a standard error of 0.03, the same points in all three.
    #expect(diagonal < fixed - 0.05, "fixed \(fixed), diagonal \(diagonal)")
    #expect(full < diagonal - 0.1, "diagonal \(diagonal), full \(full)")
    // With a Gaussian the best chain's bound is the entropy.
    let entropy =
      Double.log(2 * .pi) + 1 + Double.log(2 * 0.3) - 2 * Double.log(model.standardization.scale)
    #expect(full > entropy - 0.1 && full < entropy + 0.15, "full \(full), entropy \(entropy)")
  }

  @Test("is trained by the hybrid loss too")
  func hybrid() throws {
    let model = try trained(.interpolated, .hybrid, steps: 800)
    var untrained = model.weights
    let head = untrained.layers.count - 1
    for i in 0..<untrained.layers[head].inputs {
      for o in 2..<4 { untrained.layers[head].weight[i * 4 + o] = 0 }
    }
    untrained.layers[head].bias[2] = 0
    untrained.layers[head].bias[3] = 0
    let without = TrainedModel(
      weights: untrained, recipe: model.recipe, standardization: model.standardization,
      support: model.support, dataset: model.dataset, step: model.step, history: [])
    let (learned, middle) = (bound(model), bound(without))
    #expect(learned < middle - 0.05, "learned \(learned), geometric mean of β and β̃ \(middle)")
  }

  @Test("comes with the mean in one evaluation, for any number of threads")
  func together() throws {
    let model = try trained(.full, .vlb, steps: 1)
    let denoiser = NetworkDenoiser(
      weights: randomWeights(model.architecture), head: model.head, support: model.support, threads: 1)
    let points = arcs(60)
    let (from, to) = (model.schedule.level(step: 6), model.schedule.level(step: 5))
    let levels = model.schedule.levels(visiting: nil)
    let both = ReverseKernel(.full, of: denoiser, along: levels).step(points, from: from, to: to)
    #expect(both.clean == denoiser.denoise(points, at: from))
    #expect(Set(both.factors).count > 50)
    var many = denoiser
    many.threads = 4
    #expect(
      ReverseKernel(.full, of: many, along: levels).step(points, from: from, to: to).factors == both.factors)
    // Any covariance of 10 outputs is one: L has a positive diagonal.
    #expect(both.factors.allSatisfy { $0.xx > 0 && $0.yy > 0 })
  }

  @Test("reads a longer step by the Cov[x₀ | x_t] that it implies, which is the same for every step")
  func strides() throws {
    let schedule = DiscreteSchedule.cosine(steps: 50)
    // Between the bounds that keep a longer step from being singular or wilder than N(0, I).
    let covariance = SymmetricMatrix(xx: 0.2, xy: 0.05, yy: 0.12)
    for name in ["cosine", "ve", "flow"] {
      let schedule = try #require(DiscreteSchedule.named(name, steps: schedule.steps))
      let head = NetworkHead(.v, variance: .full, schedule: schedule)
      let from = schedule.level(step: 30)
      let single = ReversePosterior(from: from, to: schedule.level(step: 29))
      let b = single.cleanCoefficient
      let factor = (SymmetricMatrix(isotropic: single.variance) + (b * b) * covariance).cholesky
      let root = single.variance.squareRoot()
      let raw = SIMD3(Double.log(factor.xx / root), Double.log(factor.yy / root), factor.yx / root)
      for target in [29, 20, 0] {
        let to = schedule.level(step: target)
        let step = ReversePosterior(from: from, to: to)
        let expected =
          SymmetricMatrix(isotropic: step.variance) + (step.cleanCoefficient * step.cleanCoefficient)
          * covariance
        let found = VarianceReading(head, from: from, to: to, last: 1).factor(raw).product
        // The difference Σ − V of one step in a hundredth of its size.
        #expect(isClose(found.xx / expected.xx, 1, 1e-9) && isClose(found.yy / expected.yy, 1, 1e-9))
        #expect(isClose(found.xy / expected.xy, 1, 1e-9), "\(name), to \(target)")
      }
    }
  }

  @Test("clamps eigenvalues and keeps eigenvectors")
  func eigenvalues() {
    let matrix = SymmetricMatrix(xx: 2, xy: 1, yy: 2)  // 3 and 1
    let clamped = matrix.withEigenvalues(in: 1.5...2.5)
    #expect(isClose(clamped.eigenvalues.0, 2.5, 1e-12) && isClose(clamped.eigenvalues.1, 1.5, 1e-12))
    #expect(isClose(clamped.xx, clamped.yy, 1e-12) && clamped.xy > 0)
    #expect(matrix.withEigenvalues(in: 0...9) == matrix)
  }
}

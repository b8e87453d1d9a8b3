import DiffusionProcess
import PointClouds
import ReverseSampling
import TinyNetwork

/// A network that was trained to predict E[x₀ | x_t].
package struct TrainedDiffusion: GaussianModel {
  package let base: Diffusion

  /// The model of a network.
  /// - Parameters:
  ///   - mixture: the exact mixture of the data, in their own units, if it is known.
  ///   - clamped: whether the network's predictions are kept in the box around the training points.
  ///   - threads: 0 for one per processor; the samples do not depend on it.
  /// - Precondition: the network was trained on Gaussian noise.
  package init(
    _ model: TrainedModel, mixture: GaussianMixture? = nil, clamped: Bool = true, threads: Int = 0
  ) {
    var network = model.denoiser(threads: threads)
    if !clamped { network.support = nil }
    base = Diffusion(
      name: model.dataset, origin: model.origin, denoiser: network, isExact: false, schedule: model.schedule,
      standardization: model.standardization,
      oracle: mixture?.standardized(by: model.standardization),
      variance: model.variance, boundVariance: model.variance)
  }
}

/// A network that learned the velocity between paired points and noise: neither E[x₀ | x_t] nor a score.
package struct CoupledFlow: GaussianModel {
  package let base: Diffusion
  package let knowledge: String

  /// The model of a network whose loss paired points and noise.
  /// - Parameter threads: 0 for one per processor; the samples do not depend on it.
  package init(_ model: TrainedModel, mixture: GaussianMixture? = nil, threads: Int = 0) {
    base = TrainedDiffusion(model, mixture: mixture, threads: threads).base
    knowledge =
      "the loss \(model.recipe.loss.name) paired points and noise, so the network knows the velocity of a flow "
      + "but neither E[x₀ | x_t] nor a score"
  }

  package var diffusion: Diffusion? { nil }
  package var defaultSampler: SamplerKind { DDIM.kind }
  package func grid(of sampler: SamplerKind) -> GridFamily { .chain }

  /// The plan of a sampler without noise along the network's own chain, the only one whose flow ends at the data.
  package func plan(_ request: SamplingRequest) throws(SamplingProblem) -> SamplingPlan {
    if let grid = request.grid, grid.name != GridFamily.chain.name {
      throw SamplingProblem("\(knowledge); it runs on the levels of its own chain only")
    }
    let plan = try base.plan(request, of: self)
    guard !plan.rule.addsNoise else {
      throw SamplingProblem(
        "\(plan.name): \(knowledge); take a sampler that adds no noise, such as ddim at eta 0")
    }
    return plan
  }
}

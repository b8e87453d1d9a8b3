import DiffusionProcess
import PointClouds
import RealModule
import ReverseSampling
import TinyNetwork

/// A denoiser with all that sampling from it needs: a trained network, or the exact oracle of a mixture.
///
/// The chain runs in standard units, in which the prior is N(0, I) and x_t = a·x₀ + s·ε holds as written;
/// ``samples(count:sampler:steps:seed:)`` are brought back to the units of the data.
package struct ReverseModel: Sendable {
  /// What the samples are of.
  package let name: String
  /// Where the data came from; `nil` where that was not recorded, and for an exact oracle.
  package let origin: DataOrigin?
  /// The denoiser, in standard units.
  package let denoiser: any JacobianDenoiser
  /// Whether the denoiser is the exact one.
  package let isExact: Bool
  /// The forward chain that it reverses.
  package let schedule: DiscreteSchedule
  /// How the data come to standard units.
  package let standardization: Standardization
  /// The exact mixture of the data in standard units, where it is known.
  package let oracle: GaussianMixture?
  /// The variance of its ancestral chains: what it was trained for.
  package let variance: Ancestral.Variance
  /// The variance of its reverse steps, by name.
  package let varianceName: String
  private let makeCovariance: @Sendable ([Int]) -> any ReverseCovariance
  /// Why the denoiser is no E[x₀ | x_t] of a diffusion, and so has neither score nor bound; `nil` where it is.
  package let couplingProblem: String?

  /// A trained network.
  /// - Parameters:
  ///   - mixture: the exact mixture of the data, in their own units, where it is known.
  ///   - clamped: whether the network's answers are kept in the box around the training points.
  ///   - threads: 0 for one a processor; the samples do not depend on it.
  package init(
    _ model: TrainedModel, mixture: GaussianMixture? = nil, clamped: Bool = true, threads: Int = 0
  ) {
    name = model.dataset
    origin = model.origin
    var network = model.denoiser(threads: threads)
    if !clamped { network.support = nil }
    denoiser = network
    isExact = false
    schedule = model.schedule
    standardization = model.standardization
    oracle = mixture?.standardized(by: model.standardization)
    variance =
      switch model.variance {
      case .transition: .transition
      case .posterior: .posterior
      case .interpolated, .diagonal, .full, .moments: .learned
      }
    varianceName = model.variance.rawValue
    makeCovariance = { model.covariance(visiting: $0, threads: threads) }
    couplingProblem = model.couplingProblem
  }

  /// The exact oracle of a mixture: what a perfect network would do.
  package init(exact mixture: GaussianMixture, name: String, schedule: DiscreteSchedule) {
    self.name = name
    origin = nil
    self.schedule = schedule
    standardization = Standardization(of: mixture)
    let oracle = mixture.standardized(by: standardization)
    denoiser = oracle
    isExact = true
    self.oracle = oracle
    variance = .transition
    varianceName = ReverseVariance.optimal.rawValue
    makeCovariance = { _ in OptimalCovariance(oracle) }
    couplingProblem = nil
  }

  /// The entropy of the data in nats, in their own units, where it is known.
  /// - Complexity: an integral over the plane.
  package var entropy: Double? {
    oracle.map { $0.entropy + standardization.logVolume }
  }

  /// The covariances of its reverse steps: what it was trained for, or the optimum of an exact oracle.
  /// - Parameter visited: the visited steps, decreasing to 0.
  package func covariance(visiting visited: [Int]) -> any ReverseCovariance { makeCovariance(visited) }

  /// The sampler for who names none: the ancestral chain, or DDIM at η = 0 where the model has no score.
  package var usualSampler: (name: String, sampler: any Sampler) {
    couplingProblem == nil ? ("ddpm", Ancestral(variance: variance)) : ("ddim", DDIM())
  }

  /// Why a sampler cannot use the model, with what can; `nil` where it can.
  package func problem(with sampler: any Sampler) -> String? {
    if let couplingProblem, sampler.addsNoise {
      return couplingProblem + "; take a sampler that adds no noise, such as ddim at eta 0"
    }
    if let ancestral = sampler as? Ancestral, ancestral.variance == .learned, variance != .learned {
      return "\(name) has no learned variance; take transition or posterior"
    }
    return nil
  }

  /// `count` samples along the model's own chain, in the units of the data.
  /// - Precondition: `steps` is in 1...T.
  package func samples(count: Int, sampler: any Sampler, steps: Int, seed: UInt64) -> PointCloud {
    samples(count: count, of: ReverseChain("", sampler, along: TimeGrid(schedule, steps: steps)), seed: seed)
  }

  /// `count` particles on their way along the model's own chain, in standard units.
  /// - Precondition: `steps` is in 1...T.
  package func trajectory(count: Int, sampler: any Sampler, steps: Int, seed: UInt64) -> Trajectory {
    trajectory(
      count: count, of: ReverseChain("", sampler, along: TimeGrid(schedule, steps: steps)), seed: seed)
  }
}

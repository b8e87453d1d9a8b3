import DiffusionProcess
import PointClouds
import ReverseSampling

/// A source of samples: a trained network, an exact oracle, a score between walls.
///
/// A new kind of model is one new file with a conforming type. What it cannot do is a capability that is `nil`:
/// nothing outside this target asks for the kind of a model.
public protocol Model: Sendable {
  /// The name of the data.
  var name: String { get }
  /// Where the data came from; `nil` if that was not recorded, and for an exact oracle.
  var origin: DataOrigin? { get }
  /// Whether it is exact rather than learned.
  var isExact: Bool { get }
  /// What it knows, as a clause that explains a missing capability.
  var knowledge: String { get }
  /// The units in which its chains are drawn, and how they are shown.
  var scene: ModelScene { get }
  /// The default sampler.
  var defaultSampler: SamplerKind { get }
  /// The default levels of a sampler.
  func grid(of sampler: SamplerKind) -> GridFamily

  /// The one way from a request to a chain: sampler, levels, start and units, checked to fit together.
  /// - Throws: ``SamplingProblem`` with the reason and an alternative.
  func plan(_ request: SamplingRequest) throws(SamplingProblem) -> SamplingPlan

  // Capabilities

  /// Its velocity along Gaussian noise, for samplers without noise and the likelihood; `nil` if it knows none.
  var flow: Diffusion? { get }
  /// Its E[x₀ | x_t], from which score, bound and noise prediction follow; `nil` if it knows none.
  var diffusion: Diffusion? { get }
  /// The distribution of the noisy data at a time, as the model knows it; `nil` if it has no score.
  /// - Parameters:
  ///   - time: of a level with noise (`ModelScene/firstNoisyTime`).
  ///   - data: points of the data in the units of the scene, from which the density is taken if it is not known
  ///     exactly.
  func noisyLaw(at time: Double, data: PointCloud) -> NoisyLaw?
}

extension Model {
  public func grid(of sampler: SamplerKind) -> GridFamily { GridFamily.all.named(sampler.grid) ?? .chain }

  /// The plan of the default sampler with its own levels and steps.
  public func plan() throws(SamplingProblem) -> SamplingPlan { try plan(SamplingRequest()) }

  /// `count` samples of a sampler along the model's own chain, in the units of the data.
  /// - Throws: ``SamplingProblem`` if sampler, steps and model do not fit together.
  public func samples(
    count: Int, sampler: any SamplingRule, steps: Int? = nil, seed: UInt64
  ) throws(SamplingProblem) -> PointCloud {
    try plan(SamplingRequest(rule: sampler, steps: steps)).samples(count: count, seed: seed)
  }

  /// Its E[x₀ | x_t].
  /// - Throws: ``MissingCapability`` with what it knows instead.
  public func requireDiffusion() throws(MissingCapability) -> Diffusion {
    try require(diffusion, "E[x₀ | x_t]")
  }

  /// Its velocity along Gaussian noise.
  /// - Throws: ``MissingCapability`` with what it knows instead.
  public func requireFlow() throws(MissingCapability) -> Diffusion {
    try require(flow, "velocity along Gaussian noise")
  }

  private func require(_ capability: Diffusion?, _ what: String) throws(MissingCapability) -> Diffusion {
    guard let capability else {
      throw MissingCapability(description: "the model of \(name) has no \(what): \(knowledge)")
    }
    return capability
  }
}

/// A request that cannot be met; its description gives the reason and an alternative, without a full stop.
public protocol Refusal: Error, CustomStringConvertible {}

/// A capability that a model does not have; the description says what it knows instead.
public struct MissingCapability: Refusal, Hashable {
  public let description: String
}

/// How a model's chains are shown.
public struct ModelScene: Sendable {
  /// The map from the units of the data to those in which chains are drawn.
  package let units: Standardization
  /// The walls that frame every figure; `nil` if the data set the window.
  package var walls: DataBox?
  /// The earliest time at which there is noise.
  package var firstNoisyTime = 0.0
  /// The times at which a reverse chain is shown, from noise to data; `nil` for the default ones.
  package var reverseTimes: [Double]?
  /// The title of a figure of the reverse chain.
  package var reverseTitle = "Reverse process: from noise to data"
}

/// The distribution of the noisy data at one time, in the units of a scene.
public struct NoisyLaw: Sendable {
  /// The time, with σ if that is how the process is described.
  package let caption: String
  /// The model's score at points.
  public let score: @Sendable (PointCloud) -> PointCloud
  /// The exact density at the cells of a square grid, given row by row.
  public let density: @Sendable (_ cells: PointCloud) -> [Double]
}

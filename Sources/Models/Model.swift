import DiffusionProcess
import PointClouds
import ReverseSampling

/// What samples can be drawn from: a trained network, an exact oracle, a score between walls.
///
/// A new kind of model is one new file with a conforming type. What a kind cannot do is a capability that is `nil`:
/// nothing outside this target asks which kind it has.
package protocol Model: Sendable {
  /// What the samples are of.
  var name: String { get }
  /// Where the data came from; `nil` if that was not recorded, and for an exact oracle.
  var origin: DataOrigin? { get }
  /// Whether it is exact rather than learned.
  var isExact: Bool { get }
  /// What it knows, as a clause that explains why a capability is missing.
  var knowledge: String { get }
  /// The units in which its chains run and are drawn, and the window that shows them.
  var scene: ModelScene { get }
  /// The sampler that runs where none is named.
  var defaultSampler: SamplerKind { get }
  /// The levels on which a sampler runs where none are named.
  func grid(of sampler: SamplerKind) -> GridFamily

  /// The one way from a request to a chain: sampler, levels, start and units, checked to go together.
  /// - Throws: ``SamplingProblem`` with the reason, and what goes.
  func plan(_ request: SamplingRequest) throws(SamplingProblem) -> SamplingPlan

  // Capabilities

  /// Its velocity along Gaussian noise, for samplers without noise and the likelihood; `nil` if it knows none.
  var flow: Diffusion? { get }
  /// Its E[x₀ | x_t], from which score, bound and noise prediction follow; `nil` if it knows none.
  var diffusion: Diffusion? { get }
  /// The law of the noisy data at a time as it knows it; `nil` if it has no score.
  /// - Parameters:
  ///   - time: of a level with noise (``ModelScene/firstNoisyTime``).
  ///   - data: points of the data in the units of the scene, for the density where that is not known exactly.
  func noisyLaw(at time: Double, data: PointCloud) -> NoisyLaw?
}

extension Model {
  package func grid(of sampler: SamplerKind) -> GridFamily { GridFamily.all.named(sampler.grid) ?? .chain }

  /// The plan of the default sampler with its own levels and steps.
  package func plan() throws(SamplingProblem) -> SamplingPlan { try plan(SamplingRequest()) }

  /// `count` samples of a sampler along the model's own chain, in the units of the data.
  /// - Throws: ``SamplingProblem`` if sampler, steps and model do not go together.
  package func samples(
    count: Int, sampler: any SamplingRule, steps: Int? = nil, seed: UInt64
  ) throws(SamplingProblem) -> PointCloud {
    try plan(SamplingRequest(rule: sampler, steps: steps)).samples(count: count, seed: seed)
  }

  /// Its E[x₀ | x_t].
  /// - Throws: ``MissingCapability`` with what it knows instead.
  package func requireDiffusion() throws(MissingCapability) -> Diffusion {
    try require(diffusion, "E[x₀ | x_t]")
  }

  /// Its velocity along Gaussian noise.
  /// - Throws: ``MissingCapability`` with what it knows instead.
  package func requireFlow() throws(MissingCapability) -> Diffusion {
    try require(flow, "velocity along Gaussian noise")
  }

  private func require(_ capability: Diffusion?, _ what: String) throws(MissingCapability) -> Diffusion {
    guard let capability else {
      throw MissingCapability(description: "the model of \(name) has no \(what): \(knowledge)")
    }
    return capability
  }
}

/// A request that cannot be met; its description is the reason and what can be had, without a full stop.
package protocol Refusal: Error, CustomStringConvertible {}

/// A capability that a model does not have: what it knows instead.
package struct MissingCapability: Refusal, Hashable {
  package let description: String
}

/// How the clouds of a model's chains are shown.
package struct ModelScene: Sendable {
  /// From the units of the data to those in which chains are drawn.
  package let units: Standardization
  /// The walls that frame every figure; `nil` if the data do.
  package var walls: DataBox?
  /// The earliest time at which there is noise.
  package var firstNoisyTime = 0.0
  /// The times at which a reverse chain is shown, from noise to data; `nil` for the usual ones.
  package var reverseTimes: [Double]?
  /// What the reverse chain goes from and to.
  package var reverseTitle = "Reverse process: from noise to data"
}

/// The law of noisy data at one time, in the units of a scene.
package struct NoisyLaw: Sendable {
  /// The time, and σ where the process is told by it.
  package let caption: String
  /// The model's score at points.
  package let score: @Sendable (PointCloud) -> PointCloud
  /// The exact density at the cells of a square grid, given row by row.
  package let density: @Sendable (_ cells: PointCloud) -> [Double]
}

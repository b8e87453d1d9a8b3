import DiffusionProcess
import PointClouds
import ReverseSampling

/// A user's choices for a reverse chain; the sampler and the model decide what is left out.
public struct SamplingRequest: Sendable {
  /// The sampler; the model's default if `nil`.
  package var sampler: SamplerKind?
  /// The parameters that the user gave.
  package var parameters: ParameterValues
  /// A sampler that is already made, in place of a kind and its parameters.
  package var rule: (any SamplingRule)?
  /// The levels; those that suit the sampler best if `nil`, or the model's own if it works on no others.
  package var grid: GridFamily?
  /// The number of steps; the sampler's own if `nil`, or the model's T if that is less.
  package var steps: Int?

  /// A request.
  public init(
    sampler: SamplerKind? = nil, parameters: ParameterValues = [:], grid: GridFamily? = nil, steps: Int? = nil
  ) {
    (self.sampler, self.parameters, self.grid, self.steps) = (sampler, parameters, grid, steps)
  }

  /// A request for a sampler that is already made, along the model's own chain.
  public init(rule: any SamplingRule, steps: Int? = nil) {
    // The kind of the same type gives the name and the default steps.
    sampler = Samplers.all.first { type(of: $0.rule) == type(of: rule) }
    parameters = [:]
    self.rule = rule
    grid = .chain
    self.steps = steps
  }

  /// The sampler's name, its kind (that of the model's default for a type that no kind has), and the sampler.
  /// - Parameters:
  ///   - model: its default sampler is taken if the request names none.
  ///   - defaults: the parameters that the model decides.
  func resolved(
    for model: any Model, _ defaults: ParameterValues = [:]
  ) throws(SamplingProblem) -> (name: String, kind: SamplerKind, rule: any SamplingRule) {
    let kind = sampler ?? model.defaultSampler
    if let rule { return (sampler?.name ?? "\(type(of: rule))", kind, rule) }
    for name in parameters.names {
      guard let parameter = kind.parameters.first(where: { $0.name == name }) else {
        let takers = Samplers.all.filter { $0.parameters.contains { $0.name == name } }.map(\.name)
        let owner = takers.isEmpty ? "no sampler does" : "it belongs to \(takers.joined(separator: " and "))"
        throw SamplingProblem("the sampler \(kind.name) takes no \(name); \(owner)")
      }
      do { _ = try parameter.checked(parameters[name]) } catch {
        throw SamplingProblem("the parameter \(name): \(error.description.dropLast())")
      }
    }
    var values = parameters
    for name in defaults.names where values[name] == nil { values[name] = defaults[name] }
    return (kind.name, kind, kind.make(values))
  }
}

/// Why a sampler cannot run on a model, and which one can.
public struct SamplingProblem: Refusal, Hashable {
  /// The reason.
  public let description: String

  /// A problem with this reason.
  package init(_ description: String) { self.description = description }
}

/// A checked reverse chain that is ready to run: sampler, levels, start and units.
public struct SamplingPlan: Sendable {
  /// The sampler's name.
  public let name: String
  /// The sampler.
  package let rule: any SamplingRule
  /// The number of steps.
  public let steps: Int
  /// How often the chain evaluates the model; `nil` if the sampler adapts its steps.
  public let evaluations: Int?
  /// The levels; `nil` if the noise is not Gaussian.
  public let grid: TimeGrid?
  /// The map from the units of the data to those of the chain.
  public let units: Standardization
  /// The points where chains start, their ends and their ways from there, in the units of the chain.
  let start: @Sendable (_ count: Int, _ noise: NoiseSource) -> PointCloud
  let end: @Sendable (_ start: PointCloud, _ noise: NoiseSource) -> PointCloud
  let way: @Sendable (_ start: PointCloud, _ noise: NoiseSource) -> Trajectory

  /// `count` samples, in the units of the data.
  public func samples(count: Int, seed: UInt64) -> PointCloud {
    units.undo(ends(count: count, seed: seed))
  }

  /// `count` samples in the units of the chain.
  package func ends(count: Int, seed: UInt64) -> PointCloud {
    end(starts(count, seed), NoiseSource(seed: seed, purpose: .sampling))
  }

  /// The chain of `count` particles from noise to samples, in the units of the chain; its end, brought to the units of
  /// the data, is ``samples(count:seed:)`` with the same seed.
  public func trajectory(count: Int, seed: UInt64) -> Trajectory {
    way(starts(count, seed), NoiseSource(seed: seed, purpose: .sampling))
  }

  private func starts(_ count: Int, _ seed: UInt64) -> PointCloud {
    start(count, NoiseSource(seed: seed, purpose: .start))
  }

  /// The same chain with every cloud divided by √(a² + s²), so that chains of different processes can be compared: data
  /// of unit variance have unit variance at every level.  Equations (1.2)
  package func scaledTrajectory(count: Int, seed: UInt64) -> Trajectory {
    trajectory(count: count, seed: seed).map { cloud, level in
      let norm = (level.signal * level.signal + level.noise * level.noise).squareRoot()
      return cloud.map { $0 / norm }
    }
  }
}

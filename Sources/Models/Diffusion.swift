import DiffusionProcess
import PointClouds
import ReverseSampling

/// A denoiser with the forward chain that it reverses, on which models of Gaussian noise are measured.
///
/// The chain runs in standard units, in which the prior is N(0, I) and x_t = a·x₀ + s·ε holds as written.
public struct Diffusion: Sendable {
  /// The name of the data.
  package let name: String
  /// Where the data came from; `nil` if that was not recorded, and for an exact oracle.
  package let origin: DataOrigin?
  /// The denoiser, in standard units.
  public let denoiser: any JacobianDenoiser
  /// Whether the denoiser is exact.
  package let isExact: Bool
  /// The forward chain that it reverses.
  public let schedule: DiscreteSchedule
  /// The map from the units of the data to standard units.
  public let standardization: Standardization
  /// The exact mixture of the data in standard units, if it is known.
  public let oracle: GaussianMixture?
  /// The variance of its ancestral chains, the one that it was trained for.
  package let variance: ReverseVariance
  /// The variance of the chain whose bound is computed: the one that it was trained for; for an exact oracle the
  /// optimal one.
  package let boundVariance: ReverseVariance

  /// The entropy of the data in nats, in their own units, if it is known.
  /// - Complexity: an integral over the plane.
  public var entropy: Double? {
    oracle.map { $0.entropy + standardization.logVolume }
  }

  /// The variance that a choice means for this denoiser.
  /// - Throws: ``SamplingProblem`` with the variances that it knows.
  package func variance(_ choice: VarianceChoice) throws(SamplingProblem) -> ReverseVariance {
    switch choice {
    case .learned where variance.isLearned: return variance
    case .learned:
      let known = ReverseVariance.allCases.filter { $0.isKnown(to: denoiser) }.map(\.rawValue)
      throw SamplingProblem(
        "\(name) has no learned variance; take one of \(known.joined(separator: ", "))")
    case .named(let variance):
      if let problem = variance.problem(with: denoiser) { throw SamplingProblem("\(name): \(problem)") }
      return variance
    }
  }

  /// The plan of a sampler on this denoiser.
  /// - Throws: ``SamplingProblem`` if sampler, levels and denoiser do not fit together.
  func plan(
    _ request: SamplingRequest, of model: any Model
  ) throws(SamplingProblem) -> SamplingPlan {
    let parameter = Ancestral.varianceParameter
    var request = request
    // "learned" is whichever the model learned; an unknown word is refused below.
    if (request.sampler ?? model.defaultSampler).parameters.contains(parameter),
      let choice = request.parameters.word(parameter).flatMap({ VarianceChoice.all.named($0) })
    {
      request.parameters[parameter.name] = .word(try variance(choice).rawValue)
    }
    let (name, kind, rule) = try request.resolved(for: model, [parameter.name: .word(variance.rawValue)])
    let family = request.grid ?? model.grid(of: kind)
    let most = family.problem(steps: kind.steps, of: schedule) == nil ? kind.steps : schedule.steps
    let steps = request.steps ?? most
    if let problem = family.problem(steps: steps, of: schedule) {
      throw SamplingProblem("\(steps) steps: \(problem)")
    }
    let grid = family.grid(of: schedule, steps: steps)
    if let problem = rule.need.problem(with: denoiser, along: grid) {
      throw SamplingProblem("\(name): \(problem)")
    }
    guard let sampler = rule as? any Sampler else {
      throw SamplingProblem("\(name): it does not remove Gaussian noise")
    }
    let denoiser = denoiser
    return SamplingPlan(
      name: name, rule: rule, steps: grid.steps, evaluations: sampler.evaluations(along: grid),
      grid: grid, units: standardization
    ) {
      grid.start(count: $0, noise: $1)
    } end: {
      sampler.sample(from: $0, along: grid, using: denoiser, noise: $1)
    } way: {
      sampler.trajectory(from: $0, along: grid, using: denoiser, noise: $1)
    }
  }
}

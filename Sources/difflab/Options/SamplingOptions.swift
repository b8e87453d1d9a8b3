import ArgumentParser
import DiffusionLab

/// The options of a reverse chain.
struct SamplingOptions: ParsableArguments {
  @Option(
    help:
      "The sampler: \(Samplers.all.list). (default: ddpm; ddim for a model without a score; reflected-em for one between walls)",
    completion: .list(Samplers.all.names), transform: Samplers.all.find)
  var sampler: SamplerKind?

  @Option(help: "Steps of the reverse chain. (default: the sampler's own number; see difflab samplers)")
  var steps: Int?

  @Option(
    help:
      "The levels that the chain visits: \(GridFamily.all.list). (default: the sampler's own; see difflab samplers)",
    completion: .list(GridFamily.all.names), transform: GridFamily.all.find)
  var grid: GridFamily?

  @OptionGroup var parameters: DeclaredOptions<SamplerParameters>

  func validate() throws {
    try check(steps, "--steps", in: 1...100_000)
  }

  /// The most positions of particles that a command keeps.
  private static let largestTrajectory = 50_000_000

  /// The chain that the options ask for.
  /// - Parameter recorded: how many particles are kept at every step, if any.
  /// - Throws: a usage error if it does not go with the model, or would be too large to keep.
  func plan(for model: any Model, recorded: Int? = nil) throws -> SamplingPlan {
    let request = SamplingRequest(
      sampler: sampler, parameters: parameters.values, grid: grid, steps: steps)
    let plan = try usage { try model.plan(request) }
    if let recorded {
      try check(recorded * (plan.steps + 1), "particles times steps:", in: 1...Self.largestTrajectory)
    }
    return plan
  }

  /// The chain as it happens to `count` particles, in the units of the model's scene.
  func trajectory(of model: any Model, count: Int, seed: UInt64) throws -> Trajectory {
    try plan(for: model, recorded: count).trajectory(count: count, seed: seed)
  }
}

/// The result of a request, which a model may refuse.
/// - Throws: a usage error with its reason.
func usage<Value>(_ body: () throws -> Value) throws -> Value {
  do { return try body() } catch let refusal as any Refusal {
    throw ValidationError("\(refusal.description).")
  }
}

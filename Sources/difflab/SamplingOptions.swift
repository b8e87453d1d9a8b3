import ArgumentParser
import DiffusionLab

/// What a user can say about a reverse chain.
struct SamplingOptions: ParsableArguments {
  @Option(
    help:
      "The sampler: \((SamplerRegistry.entries.map(\.name) + ReflectedSamplers.entries.map(\.name)).joined(separator: ", ")). (default: ddpm; ddim for a model without a score; reflected-em for one between walls)"
  )
  var sampler: String?

  @Option(help: "Steps of the reverse chain. (default: what the sampler takes; see difflab samplers)")
  var steps: Int?

  @Option(
    help:
      "The levels that the chain visits: \(GridFamily.registry.map(\.name).joined(separator: ", ")). (default: those that the sampler does best on; see difflab samplers)"
  )
  var grid: String?

  @Option(help: "eta of ddim: 0 adds no noise, 1 as much as the ancestral chain.")
  var eta: Double?

  @Option(help: "S_churn of edm: 0 adds no noise.")
  var churn: Double?

  @Option(
    help:
      "The variance of ddpm: transition (beta), posterior (beta tilde) or learned. (default: what the model was trained for)"
  )
  var variance: String?

  func validate() throws {
    try check(steps, "--steps", in: 1...100_000)
    if let eta, !(0...1).contains(eta) { throw ValidationError("--eta \(eta): give a number from 0 to 1.") }
    let variances = Ancestral.Variance.allCases.map(\.rawValue)
    if let variance, !variances.contains(variance) { throw unknown(variance, "--variance", among: variances) }
    if eta != nil && sampler != "ddim" { throw ValidationError("--eta goes with --sampler ddim.") }
    if let churn, !(churn >= 0 && churn.isFinite) {
      throw ValidationError("--churn \(churn): give a number from 0 up.")
    }
    if churn != nil && sampler != "edm" { throw ValidationError("--churn goes with --sampler edm.") }
    if variance != nil && (sampler ?? "ddpm") != "ddpm" {
      throw ValidationError("--variance goes with --sampler ddpm.")
    }
    if let grid, GridFamily.named(grid) == nil {
      throw unknown(grid, "--grid", among: GridFamily.registry.map(\.name))
    }
    if let sampler, SamplerRegistry.named(sampler) == nil, ReflectedSamplers.entry(sampler) == nil {
      throw unknown(
        sampler, "--sampler",
        among: SamplerRegistry.entries.map(\.name) + ReflectedSamplers.entries.map(\.name))
    }
  }

  /// The chain that the options ask for, of the model's usual sampler where they name none.
  /// - Throws: a usage error where it does not go with the model.
  func chain(for model: ReverseModel) throws -> ReverseChain {
    let name = sampler ?? (variance == nil ? model.usualSampler.name : "ddpm")
    if ReflectedSamplers.entry(name) != nil {
      throw ValidationError(
        "--sampler \(name): it folds at the walls of a box and needs a score between walls, and the model's is of "
          + "Gaussian noise; train one with --loss reflected.")
    }
    guard let entry = SamplerRegistry.entry(name) else {
      throw unknown(name, "--sampler", among: SamplerRegistry.entries.map(\.name))
    }
    let variance = variance.flatMap { Ancestral.Variance(rawValue: $0) } ?? model.variance
    do {
      return try model.chain(
        entry, SamplerRegistry.Options(eta: eta, variance: variance, churn: churn),
        along: grid.flatMap { GridFamily.named($0) }, steps: steps)
    } catch {
      throw ValidationError("\(error).")
    }
  }

  /// The sampler between walls that the options ask for, or the usual one, with its steps.
  /// - Throws: a usage error where it does not go with the model.
  func chain(for model: ReflectedModel) throws -> (entry: ReflectedSamplers.Entry, steps: Int) {
    let name = sampler ?? (variance == nil ? ReflectedModel.usualSampler : "ddpm")
    guard let entry = ReflectedSamplers.entry(name) else {
      throw ValidationError(
        "--sampler \(name): it undoes Gaussian noise, and the noise of the model is mirrored at walls; take "
          + "\(ReflectedSamplers.entries.map(\.name).joined(separator: " or ")).")
    }
    if let grid {
      throw ValidationError(
        "--grid \(grid): between walls σ shrinks by equal factors; there is no other grid.")
    }
    return (entry, steps ?? entry.steps)
  }

  /// The chain of a model between walls that the options ask for, in the units of the data.
  func trajectory(of model: ReflectedModel, count: Int, seed: UInt64) throws -> Trajectory {
    let (entry, steps) = try chain(for: model)
    try check(count * (steps + 1), "particles times steps:", in: 1...50_000_000)
    return model.trajectory(count: count, sampler: entry.sampler, steps: steps, seed: seed)
  }

  /// The chain that the options ask for as it happens to `count` particles, in standard units.
  func trajectory(of model: ReverseModel, count: Int, seed: UInt64) throws -> Trajectory {
    let chain = try chain(for: model)
    try check(count * (chain.grid.steps + 1), "particles times steps:", in: 1...50_000_000)
    return model.trajectory(count: count, of: chain, seed: seed)
  }
}

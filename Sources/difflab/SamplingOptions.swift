import ArgumentParser
import DiffusionLab

/// What a user can say about a reverse chain.
struct SamplingOptions: ParsableArguments {
  @Option(
    help:
      "The sampler: \((SamplerRegistry.entries.map(\.name) + ReflectedSamplers.entries.map(\.name)).joined(separator: ", ")). (default: ddpm; ddim for a model without a score; reflected-em for one between walls)"
  )
  var sampler: String?

  @Option(help: "Steps of the reverse chain.")
  var steps = 250

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
    if let sampler, SamplerRegistry.named(sampler) == nil, ReflectedSamplers.entry(sampler) == nil {
      throw unknown(
        sampler, "--sampler",
        among: SamplerRegistry.entries.map(\.name) + ReflectedSamplers.entries.map(\.name))
    }
  }

  /// The sampler that the options ask for, or the model's usual one, with its name.
  /// - Throws: a usage error where it does not go with the model.
  func sampler(for model: ReverseModel) throws -> (name: String, sampler: any Sampler) {
    guard let name = sampler ?? (variance == nil ? nil : "ddpm") else { return model.usualSampler }
    let variance = variance.flatMap { Ancestral.Variance(rawValue: $0) } ?? model.variance
    if ReflectedSamplers.entry(name) != nil {
      throw ValidationError(
        "--sampler \(name): it folds at the walls of a box and needs a score between walls, and the model's is of "
          + "Gaussian noise; train one with --loss reflected.")
    }
    guard let entry = SamplerRegistry.entry(name) else {
      throw unknown(name, "--sampler", among: SamplerRegistry.entries.map(\.name))
    }
    let chosen = entry.make(
      SamplerRegistry.Options(
        eta: eta, variance: variance, churn: churn, process: model.schedule.process))
    let problem =
      model.problem(with: chosen) ?? entry.problem(with: model.denoiser, along: model.schedule)
    if let problem { throw ValidationError("--sampler \(name): \(problem).") }
    return (name, chosen)
  }

  /// The sampler that the options ask for, or the usual one of a model between walls.
  /// - Throws: a usage error where it does not go with the model.
  func sampler(for model: ReflectedModel) throws -> ReflectedSamplers.Entry {
    let name = sampler ?? (variance == nil ? ReflectedModel.usualSampler : "ddpm")
    guard let entry = ReflectedSamplers.entry(name) else {
      throw ValidationError(
        "--sampler \(name): it undoes Gaussian noise, and the noise of the model is mirrored at walls; take "
          + "\(ReflectedSamplers.entries.map(\.name).joined(separator: " or ")).")
    }
    return entry
  }

  /// The steps, which must not be more than the model's chain has.
  /// - Throws: a usage error with that number.
  func steps(for model: ReverseModel) throws -> Int {
    guard steps <= model.schedule.steps else {
      throw ValidationError("--steps \(steps): the model's chain has T = \(model.schedule.steps) steps.")
    }
    return steps
  }
}

import ArgumentParser
import DiffusionLab

/// What a user can say about a reverse chain.
struct SamplingOptions: ParsableArguments {
  @Option(help: "The sampler: \(SamplerRegistry.entries.map(\.name).joined(separator: ", ")).")
  var sampler = "ddpm"

  @Option(help: "Steps of the reverse chain.")
  var steps = 250

  @Option(help: "eta of ddim: 0 adds no noise, 1 as much as the ancestral chain.")
  var eta: Double?

  @Option(help: "The variance of ddpm: transition (beta) or posterior (beta tilde).")
  var variance: String?

  func validate() throws {
    try check(steps, "--steps", in: 1...100_000)
    if let eta, !(0...1).contains(eta) { throw ValidationError("--eta \(eta): give a number from 0 to 1.") }
    _ = try chosen()
  }

  /// The sampler that the options ask for.
  /// - Throws: a usage error with the nearest name.
  func chosen() throws -> any Sampler {
    let variances = Ancestral.Variance.allCases.map(\.rawValue)
    if let variance, !variances.contains(variance) { throw unknown(variance, "--variance", among: variances) }
    if eta != nil && sampler != "ddim" { throw ValidationError("--eta goes with --sampler ddim.") }
    if variance != nil && sampler != "ddpm" { throw ValidationError("--variance goes with --sampler ddpm.") }
    let options = SamplerRegistry.Options(eta: eta, variance: variance.flatMap { .init(rawValue: $0) })
    guard let chosen = SamplerRegistry.named(sampler, options) else {
      throw unknown(sampler, "--sampler", among: SamplerRegistry.entries.map(\.name))
    }
    return chosen
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

import ArgumentParser
import DiffusionLab

/// Samplers to compare on one model.
struct SamplerListOptions: ParsableArguments {
  @Option(
    help:
      "The samplers, with commas, or all: \(Samplers.ofGaussianNoise.map(\.name).joined(separator: ", ")). (default: those of the lecture that the model can run)",
    transform: SamplerList.init)
  var samplers: SamplerList?

  @Option(
    help:
      "The levels that all of them visit: \(GridFamily.all.list). (default: each sampler's own)",
    completion: .list(GridFamily.all.names), transform: GridFamily.all.find)
  var grid: GridFamily?

  /// The samplers; of the default ones, and of all, those that the model can run.
  /// - Throws: a usage error if there is none.
  func kinds(for model: any Model) throws -> [SamplerKind] {
    if let samplers, !samplers.isAll { return samplers.kinds }
    let kinds = samplers?.kinds ?? Gallery.samplers.compactMap { Samplers.all.named($0) }
    let able = kinds.filter { (try? model.plan(SamplingRequest(sampler: $0, grid: grid))) != nil }
    guard !able.isEmpty else {
      throw ValidationError(
        "none of \(kinds.map(\.name).joined(separator: ", ")) runs on \(model.name); name others.")
    }
    return able
  }
}

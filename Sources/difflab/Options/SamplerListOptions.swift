import ArgumentParser
import DiffusionLab

/// Samplers to compare on one model.
struct SamplerListOptions: ParsableArguments {
  @Option(
    help:
      "The samplers, with commas: \(Samplers.ofGaussianNoise.map(\.name).joined(separator: ", ")). (default: those of the lecture that the model can run; all: all that it can)"
  )
  var samplers: SamplerList?

  @Option(
    help:
      "The levels that all of them visit: \(GridFamily.all.names.joined(separator: ", ")). (default: those that each sampler does best on)",
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

/// Samplers with commas, as "ddpm,ddim", or "all".
struct SamplerList: ExpressibleByArgument {
  /// The samplers.
  let kinds: [SamplerKind]
  /// Whether all were asked for.
  let isAll: Bool

  init?(argument: String) {
    isAll = argument == "all"
    let names = argument.split(separator: ",").map { String($0.filter { $0 != " " }) }
    kinds = isAll ? Samplers.ofGaussianNoise : names.compactMap { Samplers.all.named($0) }
    if kinds.isEmpty || !isAll && kinds.count < names.count { return nil }
  }
}

/// Whole numbers with commas, as "5,10,20".
struct StepList: ExpressibleByArgument {
  /// The numbers, ascending.
  let values: [Int]

  init(_ values: [Int]) { self.values = values }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let values = parts.compactMap { Int($0.filter { $0 != " " }) }
    guard values.count == parts.count, values.allSatisfy({ (1...100_000).contains($0) }) else { return nil }
    self.values = Set(values).sorted()
  }

  var defaultValueDescription: String { values.map(String.init).joined(separator: ",") }
}

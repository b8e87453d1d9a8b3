import ArgumentParser
import DiffusionLab

/// Samplers to compare on one model.
struct SamplerListOptions: ParsableArguments {
  @Option(
    help:
      "The samplers, with commas: \(SamplerRegistry.entries.map(\.name).joined(separator: ", ")). (default: those of the lecture that the model can run; all: all that it can)"
  )
  var samplers: String?

  @Option(
    help:
      "The levels that all of them visit: \(GridFamily.registry.map(\.name).joined(separator: ", ")). (default: those that each sampler does best on)"
  )
  var grid: String?

  func validate() throws {
    for name in names where SamplerRegistry.entry(name) == nil {
      throw unknown(name, "--samplers", among: SamplerRegistry.entries.map(\.name))
    }
    if names.isEmpty { throw ValidationError("--samplers: name one, or all.") }
    if let grid, GridFamily.named(grid) == nil {
      throw unknown(grid, "--grid", among: GridFamily.registry.map(\.name))
    }
  }

  private var names: [String] {
    if samplers == "all" { return SamplerRegistry.entries.map(\.name) }
    return samplers?.split(separator: ",").map { String($0.filter { $0 != " " }) } ?? Gallery.samplers
  }

  /// The levels that all samplers visit, where the user named some.
  var family: GridFamily? { grid.flatMap { GridFamily.named($0) } }

  /// The entries; of the usual ones those that the model can run.
  /// - Throws: a usage error where there is none.
  func entries(for model: ReverseModel) throws -> [SamplerRegistry.Entry] {
    let entries = names.compactMap { SamplerRegistry.entry($0) }
    guard samplers == nil || samplers == "all" else { return entries }
    let able = entries.filter { (try? model.chain($0, along: family)) != nil }
    guard !able.isEmpty else {
      throw ValidationError(
        "none of \(names.joined(separator: ", ")) runs on \(model.name); name others.")
    }
    return able
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

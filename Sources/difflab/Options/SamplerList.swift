import ArgumentParser
import DiffusionLab

/// Samplers with commas, as "ddpm,ddim", or "all".
struct SamplerList {
  /// The samplers.
  let kinds: [SamplerKind]
  /// Whether all were asked for.
  let isAll: Bool

  init(_ text: String) throws {
    isAll = text == "all"
    let names = isAll ? [] : text.split(separator: ",").map { String($0.filter { $0 != " " }) }
    kinds =
      try isAll
      ? Samplers.ofGaussianNoise
      : names.map { name in
        do { return try Samplers.all.find(name) } catch { throw ValidationError("\(name): \(error)") }
      }
    if kinds.isEmpty { throw ValidationError("name samplers with commas, such as ddpm,ddim, or all.") }
  }
}

/// The samplers of reflected models that a name can ask for, beside those of ``SamplerRegistry``. A new one is
/// one file and one line here.
package enum ReflectedSamplers {
  /// One sampler of the list.
  package struct Entry: Sendable {
    /// The name on the command line.
    package let name: String
    /// One line on what it is.
    package let summary: String
    /// Where it was published.
    package let paper: String
    /// The steps with which it is as good as it gets on the lab's data.
    package let steps: Int
    /// The sampler.
    package let sampler: any ReflectedSampler
  }

  /// All samplers.
  package static let entries: [Entry] = [
    Entry(
      name: "reflected-em", summary: "Euler-Maruyama in a box", paper: "Lou and Ermon 2023",
      steps: 100, sampler: ReflectedEulerMaruyama()),
    Entry(
      name: "reflected-ode", summary: "Heun in a box, PF-ODE", paper: "Lou and Ermon 2023",
      steps: 50, sampler: ReflectedFlow()),
  ]

  /// The entry of this name, or `nil` where there is none.
  package static func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }
}

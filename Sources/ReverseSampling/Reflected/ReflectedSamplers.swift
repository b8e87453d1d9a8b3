/// The samplers of reflected models that a name can ask for, beside those of ``SamplerRegistry``. A new one is
/// one file and one line here.
public enum ReflectedSamplers {
  /// One sampler of the list.
  public struct Entry: Sendable {
    /// The name on the command line.
    public let name: String
    /// One line on what it is.
    public let summary: String
    /// Where it was published.
    public let paper: String
    /// The steps with which it is as good as it gets on the lab's data.
    public let steps: Int
    /// The sampler.
    public let sampler: any ReflectedSampler
  }

  /// All samplers.
  public static let entries: [Entry] = [
    Entry(
      name: "reflected-em", summary: "Euler-Maruyama in a box", paper: "Lou and Ermon 2023",
      steps: 100, sampler: ReflectedEulerMaruyama()),
    Entry(
      name: "reflected-ode", summary: "Heun in a box, PF-ODE", paper: "Lou and Ermon 2023",
      steps: 50, sampler: ReflectedFlow()),
  ]

  /// The entry of this name, or `nil` where there is none.
  public static func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }
}

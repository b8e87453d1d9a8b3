/// The samplers that a name can ask for. A new one is one file and one line here.
public enum SamplerRegistry {
  /// What a name's sampler may be told.
  public struct Options: Sendable, Hashable {
    /// η of DDIM, in 0...1; `nil` for its default.
    public var eta: Double?
    /// The ancestral chain's variance; `nil` for its default.
    public var variance: Ancestral.Variance?

    /// Options for a sampler.
    public init(eta: Double? = nil, variance: Ancestral.Variance? = nil) {
      self.eta = eta
      self.variance = variance
    }
  }

  /// One sampler of the list.
  public struct Entry: Sendable {
    /// The name on the command line.
    public let name: String
    /// One line on what it is.
    public let summary: String
    /// The sampler with these options.
    public let make: @Sendable (Options) -> any Sampler
  }

  /// All samplers.
  public static let entries: [Entry] = [
    Entry(name: "ddpm", summary: "ancestral sampling, Ho et al. 2020") {
      Ancestral(variance: $0.variance ?? .transition)
    },
    Entry(name: "ddim", summary: "DDIM(eta), deterministic at eta 0, Song et al. 2021") {
      DDIM(eta: $0.eta ?? 0)
    },
  ]

  /// The sampler of this name, or `nil` where there is none.
  public static func named(_ name: String, _ options: Options = Options()) -> (any Sampler)? {
    entries.first { $0.name == name }?.make(options)
  }
}

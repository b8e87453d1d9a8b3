/// The registry of the lab's toy distributions.
package enum Toys {
  /// Every toy distribution with its default parameters, in the order of the catalogue.
  package static let all: [any ToyDistribution] = [
    SwissRoll(),
    Moons(),
    Ring(),
    Grid(),
    AnisotropicMixture(),
    Checkerboard(),
    Pinwheel(),
    Circles(),
    Spirals(),
    SCurve(),
    Box(),
  ]

  /// The toy that data came from, if they came from one with its default parameters.
  package static func toy(of origin: DataOrigin?) -> (any ToyDistribution)? {
    all.first { DataOrigin($0) == origin }
  }

  /// The toy distribution of this name, or `nil` if there is none.
  package static func named(_ name: String) -> (any ToyDistribution)? {
    all.first { $0.name == name }
  }
}

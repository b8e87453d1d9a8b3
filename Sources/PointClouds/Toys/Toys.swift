/// The toy distributions that a name can ask for. A new one is one file and one line here.
package enum Toys {
  /// Every toy distribution with its default parameters, in the order of the catalogue.
  package static let all = Registry<any ToyDistribution>(
    "data set",
    [
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
      Links(),
    ]
  ) { $0.name }

  /// The toy that data came from, if they came from one with its default parameters.
  package static func toy(of origin: DataOrigin?) -> (any ToyDistribution)? {
    all.first { DataOrigin($0) == origin }
  }
}

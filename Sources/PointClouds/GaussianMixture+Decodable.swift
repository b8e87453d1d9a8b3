/// The reason why numbers make no Gaussian mixture.
package struct InvalidMixture: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong with them.
  package let problem: String

  package var description: String { problem }
}

extension GaussianMixture: Decodable {
  private enum CodingKeys: String, CodingKey {
    case weights, means, covariances
  }

  /// Reads `{"weights": [w, …], "means": [[x, y], …], "covariances": [[[a, b], [b, c]], …]}` and checks it.
  /// - Throws: `InvalidMixture` if the numbers make no mixture, `DecodingError` if a list is missing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let weights = try container.decode([Double].self, forKey: .weights)
    let means = try container.decode([[Double]].self, forKey: .means)
    let covariances = try container.decode([SymmetricMatrix].self, forKey: .covariances)
    for (k, mean) in means.enumerated() where mean.count != 2 {
      throw InvalidMixture(problem: "mean \(k + 1) has \(mean.count) coordinates instead of 2")
    }
    guard means.count == weights.count, covariances.count == weights.count else {
      throw InvalidMixture(
        problem:
          "\(weights.count) weights, \(means.count) means and \(covariances.count) covariances do not match")
    }
    let components = weights.indices.map {
      Component(weight: weights[$0], mean: SIMD2(means[$0][0], means[$0][1]), covariance: covariances[$0])
    }
    if let problem = Self.problem(components) { throw InvalidMixture(problem: problem) }
    self.init(stated: components)
  }

  /// The reason why these components make no mixture, `nil` if they make one.
  ///
  /// They make one if weights are positive, all numbers finite, covariances positive definite, and no component is
  /// narrower than ``leastContrast`` times the mixture's reach from the origin.
  static func problem(_ components: [Component]) -> String? {
    guard !components.isEmpty else { return "a mixture of no components" }
    for component in components {
      if let problem = problem(component.covariance) { return problem }
    }
    for (k, weight) in components.map(\.weight).enumerated() where !(weight > 0 && weight <= 1e100) {
      return "weight \(k + 1) is \(weight), not a positive number"
    }
    for (k, mean) in components.map(\.mean).enumerated()
    where !(mean.x.magnitude <= 1e100 && mean.y.magnitude <= 1e100) {
      return "mean \(k + 1) is (\(mean.x), \(mean.y)), not a finite point"
    }
    let total = components.reduce(0) { $0 + $1.weight }
    for (k, component) in components.enumerated() where component.weight / total == 0 {
      return "weight \(k + 1) is nothing beside the others"
    }
    return contrastProblem(components)
  }

  private static func problem(_ covariance: SymmetricMatrix) -> String? {
    let (xx, xy, yy) = (covariance.xx, covariance.xy, covariance.yy)
    let matrix = "[[\(xx), \(xy)], [\(xy), \(yy)]]"
    guard xx.isFinite, xy.isFinite, yy.isFinite else {
      return "the covariance \(matrix) is not finite"
    }
    // A correlation within rounding of ±1 has no Cholesky factor to compute with.
    guard xx >= 1e-100, yy >= 1e-100, xx <= 1e100, yy <= 1e100,
      xy * xy <= (1 - 1e-12) * xx * yy
    else { return "the covariance \(matrix) is not positive definite" }
    return nil
  }

  /// The least standard deviation of a component relative to the largest coordinate of the mixture.
  ///
  /// A coordinate carries 16 digits; four of them are left for a standard deviation that is 1e-12 times as large.
  /// Below that, points of the component, densities and scores are rounding errors.
  private static let leastContrast = 1e-12

  /// Names the component that is too narrow for coordinates as large as these; `nil` if there is none.
  private static func contrastProblem(_ components: [Component]) -> String? {
    // The standard deviation along the shortest axis of each ellipse, and how far the longest one reaches.
    let extents = components.map { component in
      let (mean, variances) = (component.mean, component.covariance.positiveEigenvalues)
      return (
        narrow: variances.1.squareRoot(),
        reach: max(mean.x.magnitude, mean.y.magnitude) + variances.0.squareRoot()
      )
    }
    guard let farthest = extents.indices.max(by: { extents[$0].reach < extents[$1].reach }),
      let narrowest = extents.indices.min(by: { extents[$0].narrow < extents[$1].narrow }),
      // Negated, so that a standard deviation that is NaN is refused too.
      !(extents[narrowest].narrow >= leastContrast * extents[farthest].reach)
    else { return nil }
    return
      "component \(narrowest + 1) has a standard deviation of \(extents[narrowest].narrow), and component "
      + "\(farthest + 1) reaches to \(extents[farthest].reach): more than 1e12 times as much, where Double has no "
      + "digits left for both"
  }
}

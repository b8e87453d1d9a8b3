/// Why numbers make no Gaussian mixture.
package struct InvalidMixture: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong with them.
  package let problem: String

  package var description: String { problem }
}

/// A Gaussian mixture Σ w_k N(μ_k, Σ_k) as data.
///
/// What the exact oracle, the mixture toys and a user's JSON file speak of:
/// `{"weights": [w, …], "means": [[x, y], …], "covariances": [[[a, b], [b, c]], …]}`.
package struct MixtureSpecification: Sendable, Hashable {
  /// The weights, positive and of sum 1.
  package let weights: [Double]
  /// The means.
  package let means: [SIMD2<Double>]
  /// The covariances.
  package let covariances: [Covariance]

  /// The mixture of these components; weights are divided by their sum.
  /// - Precondition: the three counts are equal and at least 1, weights positive, all numbers finite, and no
  ///   component is narrower than ``leastDeviation`` of how far the mixture reaches from the origin.
  package init(weights: [Double], means: [SIMD2<Double>], covariances: [Covariance]) {
    let problem = MixtureSpecification.problem(weights, means, covariances)
    precondition(problem == nil, problem ?? "")
    let total = weights.reduce(0, +)
    // What has sum 1 to rounding stays, so that a mixture that is written and read again is the same.
    self.weights = abs(total - 1) <= 1e-12 ? weights : weights.map { $0 / total }
    self.means = means
    self.covariances = covariances
  }

  /// The mixture of equal Gaussians of one standard deviation around these means.
  package init(means: [SIMD2<Double>], std: Double) {
    self.init(
      weights: [Double](repeating: 1, count: means.count), means: means,
      covariances: [Covariance](repeating: Covariance(std: std), count: means.count))
  }

  /// The number of components.
  package var count: Int { weights.count }

  /// One point and the component that it was drawn from.
  ///
  /// Lane 0 of the noise chooses the component, lane 1 the place.
  package func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    let u = noise.uniform(particle: particle).x
    var component = 0
    var sum = weights[0]
    while u >= sum && component < count - 1 {
      component += 1
      sum += weights[component]
    }
    let z = noise.normal(particle: particle, lane: 1)
    let l = covariances[component].cholesky
    return (means[component] + SIMD2(l.xx * z.x, l.yx * z.x + l.yy * z.y), component)
  }

  /// A cloud of `count` independent points, labelled by component where there are several.
  /// - Complexity: O(count × components).
  package func sample(count: Int, noise: NoiseSource) -> PointCloud {
    let draws = (0..<count).map { draw(particle: $0, noise: noise) }
    return PointCloud(draws.map(\.point), labels: self.count > 1 ? draws.map(\.part) : nil)
  }

  private static func problem(
    _ weights: [Double], _ means: [SIMD2<Double>], _ covariances: [Covariance]
  ) -> String? {
    guard !weights.isEmpty else { return "a mixture of no components" }
    guard means.count == weights.count, covariances.count == weights.count else {
      return
        "\(weights.count) weights, \(means.count) means and \(covariances.count) covariances do not match"
    }
    for (k, weight) in weights.enumerated() where !(weight > 0 && weight <= 1e100) {
      return "weight \(k + 1) is \(weight), not a positive number"
    }
    for (k, mean) in means.enumerated()
    where !(mean.x.magnitude <= 1e100 && mean.y.magnitude <= 1e100) {
      return "mean \(k + 1) is (\(mean.x), \(mean.y)), not a finite point"
    }
    let total = weights.reduce(0, +)
    for (k, weight) in weights.enumerated() where weight / total == 0 {
      return "weight \(k + 1) is nothing beside the others"
    }
    return contrastProblem(means, covariances)
  }

  /// The least standard deviation of a component as a share of the largest coordinate of the mixture.
  ///
  /// A coordinate carries 16 digits; of a deviation that is 1e-12 of it four are left, and below no result is worth
  /// printing: points of the component, densities and scores are rounding.
  static let leastDeviation = 1e-12

  /// Which component is too narrow for coordinates as large as these; `nil` where none is.
  private static func contrastProblem(_ means: [SIMD2<Double>], _ covariances: [Covariance]) -> String? {
    let deviations = covariances.map(\.deviations)
    let reaches = means.indices.map { k in
      max(means[k].x.magnitude, means[k].y.magnitude) + deviations[k].longest
    }
    guard let farthest = reaches.indices.max(by: { reaches[$0] < reaches[$1] }),
      let narrowest = deviations.indices.min(by: { deviations[$0].shortest < deviations[$1].shortest }),
      // So that a deviation that is no number is refused too.
      !(deviations[narrowest].shortest >= leastDeviation * reaches[farthest])
    else { return nil }
    return
      "component \(narrowest + 1) has a standard deviation of \(deviations[narrowest].shortest), and component "
      + "\(farthest + 1) reaches to \(reaches[farthest]): more than 1e12 times as much, where Double has no digits "
      + "left for both"
  }
}

extension MixtureSpecification: Codable {
  private enum CodingKeys: String, CodingKey {
    case weights, means, covariances
  }

  /// Reads the three lists and checks them.
  /// - Throws: ``InvalidMixture`` saying what is wrong with the numbers, `DecodingError` where there are none.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let weights = try container.decode([Double].self, forKey: .weights)
    let rows = try container.decode([[Double]].self, forKey: .means)
    let covariances = try container.decode([Covariance].self, forKey: .covariances)
    for (k, row) in rows.enumerated() where row.count != 2 {
      throw InvalidMixture(problem: "mean \(k + 1) has \(row.count) coordinates instead of 2")
    }
    let means = rows.map { SIMD2($0[0], $0[1]) }
    if let problem = MixtureSpecification.problem(weights, means, covariances) {
      throw InvalidMixture(problem: problem)
    }
    self.init(weights: weights, means: means, covariances: covariances)
  }
}

/// A Gaussian mixture Σ w_k N(μ_k, Σ_k).
public struct GaussianMixture: Sendable, Hashable {
  /// One Gaussian of the mixture.
  public struct Component: Sendable, Hashable {
    /// Its share of the points.
    public let weight: Double
    /// Its mean.
    public let mean: SIMD2<Double>
    /// Its covariance.
    public let covariance: SymmetricMatrix

    /// The Gaussian N(mean, covariance) with this weight.
    public init(weight: Double, mean: SIMD2<Double>, covariance: SymmetricMatrix) {
      self.weight = weight
      self.mean = mean
      self.covariance = covariance
    }
  }

  /// The Gaussians; their weights sum to 1.
  public let components: [Component]

  /// The mixture of these components, whose weights are divided by their sum.
  /// - Precondition: there is at least one component, weights are positive, covariances positive definite.
  public init(_ components: [Component]) {
    precondition(!components.isEmpty, "a mixture has at least one component")
    let total = components.reduce(0) { $0 + $1.weight }
    for component in components {
      precondition(component.weight > 0 && total.isFinite, "weight \(component.weight) is not positive")
      precondition(
        component.covariance.isPositiveDefinite, "\(component.covariance) is not positive definite")
    }
    self.components = components.map {
      Component(weight: $0.weight / total, mean: $0.mean, covariance: $0.covariance)
    }
  }

  /// The mixture of equal Gaussians of one standard deviation around these means.
  /// - Parameter weights: one positive number per mean; all equal by default.
  /// - Precondition: there is at least one mean, and `std` is positive.
  public init(weights: [Double]? = nil, means: [SIMD2<Double>], std: Double) {
    let covariance = SymmetricMatrix(isotropic: std * std)
    self.init(
      stated: means.indices.map {
        Component(weight: weights?[$0] ?? 1, mean: means[$0], covariance: covariance)
      })
  }

  /// The mixture of components as a file or a toy states them.
  ///
  /// Weights whose sum is 1 to rounding stay as stated, so that a mixture that is written and read again is the same.
  /// - Precondition: ``problem(_:)`` finds nothing wrong with them.
  init(stated components: [Component]) {
    let problem = Self.problem(components)
    precondition(problem == nil, problem ?? "")
    let total = components.reduce(0) { $0 + $1.weight }
    self.components =
      abs(total - 1) <= 1e-12
      ? components
      : components.map {
        Component(weight: $0.weight / total, mean: $0.mean, covariance: $0.covariance)
      }
  }

  /// One point and the index of the component that it was drawn from.
  ///
  /// Lane 0 of the noise chooses the component, lane 1 the place.
  package func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int) {
    let u = noise.uniform(particle: particle).x
    var k = 0
    var sum = components[0].weight
    while u >= sum && k < components.count - 1 {
      k += 1
      sum += components[k].weight
    }
    let z = noise.normal(particle: particle, lane: 1)
    return (components[k].mean + components[k].covariance.cholesky * z, k)
  }

  /// A cloud of `count` independent points, labelled by component if there are several.
  /// - Complexity: O(count × components).
  public func sample(count: Int, noise: NoiseSource) -> PointCloud {
    let draws = (0..<count).map { draw(particle: $0, noise: noise) }
    return PointCloud(draws.map(\.point), labels: components.count > 1 ? draws.map(\.part) : nil)
  }
}

/// A distribution of points of the plane that can be sampled from a seed.
///
/// Point `i` is a pure function of the noise and of `i`, so the first 100 of 2,000 points are the points of a draw of
/// 100. Lane 0 of the noise chooses the place and the part, lane 1 the Gaussian spread.
///
/// A new data set is one file with a conforming type, and one line in ``Toys/all``.
package protocol ToyDistribution: Sendable {
  /// Its name in the catalogue and on the command line.
  var name: String { get }
  /// What it looks like, in one line.
  var summary: String { get }
  /// The names and the values of its parameters.
  var parameters: [ToyParameter] { get }
  /// The number of labelled parts; 1 if the set has no parts.
  var parts: Int { get }
  /// The distribution as a Gaussian mixture, if it is exactly one.
  var mixture: GaussianMixture? { get }
  /// The walls that enclose all points, if there are any.
  var box: DataBox? { get }
  /// The mixture that, folded into ``box`` by ``DataBox/folded(_:)``, is exactly the distribution; `nil` if there is
  /// none.
  var foldedMixture: GaussianMixture? { get }
  /// One point and the part that it belongs to, in 0..<``parts``.
  func draw(particle: Int, noise: NoiseSource) -> (point: SIMD2<Double>, part: Int)
}

extension ToyDistribution {
  package var parts: Int { 1 }
  package var mixture: GaussianMixture? { nil }
  package var box: DataBox? { nil }
  package var foldedMixture: GaussianMixture? { nil }

  /// A cloud of `count` independent points, labelled if the set has parts.
  /// - Precondition: `count` is at least 0.
  /// - Complexity: O(count).
  package func sample(count: Int, noise: NoiseSource) -> PointCloud {
    precondition(count >= 0, "\(count) points")
    var points: [SIMD2<Double>] = []
    var labels: [Int] = []
    points.reserveCapacity(count)
    labels.reserveCapacity(parts > 1 ? count : 0)
    for particle in 0..<count {
      let draw = draw(particle: particle, noise: noise)
      points.append(draw.point)
      if parts > 1 { labels.append(draw.part) }
    }
    return PointCloud(points, labels: parts > 1 ? labels : nil)
  }
}

/// One parameter of a toy distribution, for the catalogue.
package struct ToyParameter: Sendable, Hashable {
  /// A number, or a list of values.
  package indirect enum Value: Sendable, Hashable {
    case number(Double)
    case list([Value])
  }

  /// Its name.
  package let name: String
  /// Its value.
  package let value: Value

  /// A parameter that is one number.
  package init(_ name: String, _ value: Double) {
    self.name = name
    self.value = .number(value)
  }

  /// A parameter that is a list.
  package init(_ name: String, _ values: [Value]) {
    self.name = name
    value = .list(values)
  }
}

extension ToyParameter.Value: CustomStringConvertible {
  /// The value as JSON, whole numbers without decimals.
  package var description: String {
    switch self {
    case .number(let number):
      number == number.rounded() && number.magnitude < 0x1p53 ? "\(Int(number))" : "\(number)"
    case .list(let values):
      "[" + values.map(\.description).joined(separator: ", ") + "]"
    }
  }
}

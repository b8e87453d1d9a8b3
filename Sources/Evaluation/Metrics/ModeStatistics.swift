import DiffusionProcess
import PointClouds
import RealModule

/// The distribution of samples over the modes of a known mixture.  Equations (12.9); Srivastava et al. 2017
/// (arXiv:1705.07761), Lin et al. 2018 (arXiv:1712.04086)
package struct ModeStatistics: Sendable, Hashable {
  /// The component with the largest responsibility for each sample.
  package let labels: [Int]
  /// The Mahalanobis distance of each sample to the nearest mode.
  package let distances: [Double]
  /// The share of samples within ``highQuality`` of a mode. For true points of an isolated component it is
  /// 1 − e^(−9/2) = 0.989; a larger share means that the modes are too narrow.
  package let highQualityFraction: Double
  /// The number of modes that are the nearest mode of some sample within ``highQuality``.
  package let coveredModes: Int
  /// The share of the samples for which each mode has the largest responsibility.
  package let masses: [Double]
  /// The mixture's weights.
  package let weights: [Double]

  /// The Mahalanobis distance from a mode up to which a sample is of high quality.
  package static let highQuality = 3.0

  /// The statistics of samples under a mixture.
  /// - Complexity: O(samples × components).
  package init(of samples: PointCloud, _ mixture: GaussianMixture) {
    precondition(samples.count > 0, "no samples")
    let components = mixture.components.map { component in
      (
        logFactor: Double.log(component.weight) - 0.5 * Double.log(component.covariance.determinant),
        mean: component.mean, precision: component.covariance.inverse
      )
    }
    var labels: [Int] = []
    var distances: [Double] = []
    var masses = [Double](repeating: 0, count: components.count)
    var covered = [Bool](repeating: false, count: components.count)
    for point in samples.points {
      var nearest = (component: 0, square: Double.infinity)
      var likeliest = (component: 0, log: -Double.infinity)
      for (k, component) in components.enumerated() {
        let square = component.precision.quadraticForm(point - component.mean)
        let log = component.logFactor - 0.5 * square
        if square < nearest.square { nearest = (k, square) }
        if log > likeliest.log { likeliest = (k, log) }
      }
      let distance = nearest.square.squareRoot()
      if distance <= Self.highQuality { covered[nearest.component] = true }
      labels.append(likeliest.component)
      distances.append(distance)
      masses[likeliest.component] += 1
    }
    let count = Double(samples.count)
    self.labels = labels
    self.distances = distances
    highQualityFraction = Double(distances.count { $0 <= Self.highQuality }) / count
    coveredModes = covered.count { $0 }
    self.masses = masses.map { $0 / count }
    weights = mixture.components.map(\.weight)
  }

  /// The share of the modes that are covered.
  package var coverage: Double { Double(coveredModes) / Double(weights.count) }

  /// The total variation between the masses of the modes and the expected ones, in 0...1: half the sum of the
  /// absolute differences.
  /// - Parameter expected: the expected masses; `nil` for the weights. If components overlap, the masses of true
  ///   points differ from the weights; take the masses of many true points.
  package func massError(from expected: [Double]? = nil) -> Double {
    let expected = expected ?? weights
    precondition(expected.count == masses.count, "\(expected.count) masses for \(masses.count) modes")
    return 0.5 * zip(masses, expected).reduce(0) { $0 + abs($1.0 - $1.1) }
  }
}

/// The mean negative log-likelihood −1/m Σ log p₀(y) of samples y under the true mixture, in nats.
/// Equations (12.10)
///
/// It is the cross-entropy from the distribution of the samples to the true one. Samples that concentrate in the
/// modes score *below* the entropy of the true distribution, so it measures precision and not coverage, and the
/// sign of the gap to the entropy matters.
/// - Complexity: O(samples × components).
package func negativeLogLikelihood(of samples: PointCloud, under mixture: GaussianMixture) -> Double {
  precondition(samples.count > 0, "no samples")
  let density = mixture.diffused(to: .clean)
  return -samples.points.reduce(0) { $0 + density.logDensity($1) } / Double(samples.count)
}

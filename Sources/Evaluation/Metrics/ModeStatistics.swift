import DiffusionProcess
import PointClouds
import RealModule

/// How samples spread over the modes of a known mixture.  Equations (12.9); Srivastava et al. 2017
/// (arXiv:1705.07761), Lin et al. 2018 (arXiv:1712.04086)
package struct ModeStatistics: Sendable, Hashable {
  /// The component of the largest responsibility for each sample.
  package let labels: [Int]
  /// The Mahalanobis distance of each sample to the nearest mode.
  package let distances: [Double]
  /// The share of samples within 3 of a mode. Of true points of a component far from others 1 − e^(−9/2) = 0.989
  /// are: more means that the modes are too narrow.
  package let highQualityFraction: Double
  /// The number of modes that are the nearest of some sample within 3.
  package let coveredModes: Int
  /// The share of the samples whose largest responsibility is each mode's.
  package let masses: [Double]
  /// The mixture's weights.
  package let weights: [Double]

  /// The distance of a mode within which a sample is of high quality.
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

  /// Half the sum of the differences between the modes' masses and what they should be, from 0 to 1: the total
  /// variation.
  /// - Parameter expected: the weights where it is `nil`. Where components overlap, true points have other masses
  ///   than the weights; take those of many true points.
  package func massError(from expected: [Double]? = nil) -> Double {
    let expected = expected ?? weights
    precondition(expected.count == masses.count, "\(expected.count) masses for \(masses.count) modes")
    return 0.5 * zip(masses, expected).reduce(0) { $0 + abs($1.0 - $1.1) }
  }
}

/// −1/m Σ log p₀(y) of samples y under the true mixture, in nats.  Equations (12.10)
///
/// The cross-entropy of the samples' law and the truth: samples that huddle in the modes score *below* the entropy
/// of the truth, so it says something about precision and nothing about coverage. Read the gap to the entropy
/// with its sign.
/// - Complexity: O(samples × components).
package func negativeLogLikelihood(of samples: PointCloud, under mixture: GaussianMixture) -> Double {
  precondition(samples.count > 0, "no samples")
  let density = mixture.diffused(to: .clean)
  return -samples.points.reduce(0) { $0 + density.logDensity($1) } / Double(samples.count)
}

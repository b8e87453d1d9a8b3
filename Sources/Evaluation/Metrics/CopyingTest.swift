import PointClouds
import RealModule

/// A test whether samples are copies of the training points, that is, nearer to them than held-out points are.
///
/// Held-out points and samples of a perfect model have the same distribution, so their distances to the nearest
/// training point have, too. Equations (20.6)–(20.8); Meehan et al. 2020 (arXiv:2004.05675)
package struct CopyingTest: Sendable, Hashable, Codable {
  /// The numbers of points.
  package let trainingCount, heldOutCount, sampleCount: Int
  /// The probability that a sample is nearer to the training points than a held-out point is; ½ without copying.
  package let nearer: Double
  /// Half the width of the interval around ½ that contains ``nearer`` in 95 % of all cases without copying.
  package let interval: Double
  /// The U statistic as a standard normal: far below 0 for copies, far above 0 if samples miss the data.
  /// Equations (20.8)
  package let z: Double
  /// The share of the samples that are closer than the nearest tenth of the held-out points.
  /// Equations (20.6)
  package let close: Double
  /// The expected ``close`` without copying.
  package let closeExpected: Double
  /// The probability of at least as many close samples without copying.  Equations (20.7)
  package let pValue: Double

  /// The training point nearest to each point.
  /// - Complexity: O((points + training points) log training points) on average.
  package static func nearest(of cloud: PointCloud, in training: PointCloud) -> [SIMD2<Double>] {
    let tree = NeighbourTree(training)
    return cloud.points.map { place in
      var nearest = place
      var least = Double.infinity
      tree.forEach(within: tree.nearest(1, to: place)[0], of: place) { i in
        let d = training[i] - place
        if (d * d).sum() < least { (nearest, least) = (training[i], (d * d).sum()) }
      }
      return nearest
    }
  }

  /// The distance of every point to the nearest training point.
  /// - Complexity: O((points + training points) log training points) on average.
  package static func distances(of cloud: PointCloud, to training: PointCloud) -> [Double] {
    let tree = NeighbourTree(training)
    return cloud.points.map { tree.nearest(1, to: $0)[0].squareRoot() }
  }

  /// The test of samples against held-out points.
  /// - Parameter order: the rank of the held-out distance below which a sample is close; with `nil` a tenth of their
  ///   number.
  /// - Precondition: no cloud is empty.
  package init(samples: PointCloud, heldOut: PointCloud, training: PointCloud, order: Int? = nil) {
    precondition(
      samples.count > 0 && heldOut.count > 0 && training.count > 0,
      "\(samples.count) samples, \(heldOut.count) held-out and \(training.count) training points")
    let held = Self.distances(of: heldOut, to: training).sorted()
    let found = Self.distances(of: samples, to: training)
    let (m, h) = (Double(found.count), Double(held.count))
    let k = order ?? max(1, (held.count + 1) / 10)
    precondition(held.indices.contains(k - 1), "distance \(k) of \(held.count)")
    // U counts the pairs in which the sample is farther; ties count half.
    let u = found.reduce(0) { $0 + Double(held.count(below: $1)) + Double(held.count(upTo: $1)) } / 2
    nearer = 1 - u / (m * h)
    let deviation = (m * h * (m + h + 1) / 12).squareRoot()
    z = (u - m * h / 2) / deviation
    interval = 1.959_964 * deviation / (m * h)
    let below = found.count { $0 < held[k - 1] }
    close = Double(below) / m
    closeExpected = Double(k) / (h + 1)
    pValue = Self.tail(below, samples: found.count, heldOut: held.count, order: k)
    (trainingCount, heldOutCount, sampleCount) = (training.count, held.count, found.count)
  }

  /// P(K ≥ `count`) for the beta-binomial distribution of the number of close samples.  Equations (20.7)
  static func tail(_ count: Int, samples m: Int, heldOut h: Int, order k: Int) -> Double {
    func logChoose(_ n: Int, _ r: Int) -> Double {
      Double.logGamma(Double(n + 1)) - Double.logGamma(Double(r + 1)) - Double.logGamma(Double(n - r + 1))
    }
    let all = logChoose(m + h, m)
    let probabilities = (count...m).map { j in
      Double.exp(logChoose(j + k - 1, j) + logChoose(m - j + h - k, m - j) - all)
    }
    // Sum from the smallest up, so that rounding loses none.
    return min(1, probabilities.sorted().reduce(0, +))
  }

  /// The test as lines of text.
  package var summary: String {
    """
    copying: a sample is nearer to the \(trainingCount) training points than a held-out point is with chance \
    \(nearer.fixed(3)) (\(0.5.fixed(3)) ± \(interval.fixed(3)) without copying)
      \((100 * close).fixed(1)) % of the samples are as near as the nearest \((100 * closeExpected).fixed(1)) % of \
    \(heldOutCount) held-out points (p = \(pValue.fixed(3)))
    """
  }
}

extension [Double] {
  /// The number of entries of the ascending list below a value.
  fileprivate func count(below value: Double) -> Int { partitionPoint { $0 < value } }
  /// The number of entries of the ascending list up to a value.
  fileprivate func count(upTo value: Double) -> Int { partitionPoint { $0 <= value } }

  private func partitionPoint(_ isBefore: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

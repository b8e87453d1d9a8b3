import PointClouds

/// Precision, recall, density and coverage by nearest neighbours.
/// Equations (12.6), (12.7); Kynkäänniemi et al. 2019 (arXiv:1904.06991), Naeem et al. 2020 (arXiv:2002.09797)
///
/// Every point has a ball whose radius is the distance to the k-th nearest other point of its own cloud; points on
/// its boundary count as inside. Two true draws score below 1, too; compare with that floor.
package struct NeighbourScores: Sendable, Hashable {
  /// The share of the samples inside the ball of some true point.
  package let precision: Double
  /// The share of the true points inside the ball of some sample.
  package let recall: Double
  /// The mean number of balls of true points that contain a sample, divided by k; 1 if the densities agree.
  package let density: Double
  /// The share of the true points whose ball contains a sample.
  package let coverage: Double

  /// The scores of samples against true points.
  /// - Parameter neighbours: the rank k of the neighbour. The papers use 3 for precision and recall and 5 for
  ///   density and coverage.
  /// - Precondition: both clouds have more than k points.
  /// - Complexity: O(k · n log n) on average.
  package init(of samples: PointCloud, truth: PointCloud, neighbours: Int = 3) {
    precondition(
      neighbours >= 1 && samples.count > neighbours && truth.count > neighbours,
      "neighbour \(neighbours) in clouds of \(samples.count) and \(truth.count) points")
    let trees = (samples: NeighbourTree(samples), truth: NeighbourTree(truth))
    let truthBalls = Balls(around: truth, trees.truth, neighbours)
    let sampleBalls = Balls(around: samples, trees.samples, neighbours)
    let inTruth = truthBalls.hits(trees.samples)
    let inSamples = sampleBalls.hits(trees.truth)
    func share(_ counts: [Int]) -> Double {
      Double(counts.reduce(0) { $1 > 0 ? $0 + 1 : $0 }) / Double(counts.count)
    }
    precision = share(inTruth.ofPoints)
    recall = share(inSamples.ofPoints)
    density = Double(inTruth.ofPoints.reduce(0, +)) / Double(neighbours * samples.count)
    coverage = share(inTruth.ofBalls)
  }

  private struct Balls {
    let centres: PointCloud
    let squaredRadii: [Double]

    init(around cloud: PointCloud, _ tree: NeighbourTree, _ neighbours: Int) {
      centres = cloud
      squaredRadii = (0..<cloud.count).map {
        tree.nearest(neighbours, to: cloud[$0], excluding: $0)[neighbours - 1]
      }
    }

    /// The number of balls that contain each point, and the number of points in each ball.
    func hits(_ tree: NeighbourTree) -> (ofPoints: [Int], ofBalls: [Int]) {
      var ofPoints = [Int](repeating: 0, count: tree.count)
      var ofBalls = [Int](repeating: 0, count: centres.count)
      for ball in 0..<centres.count {
        tree.forEach(within: squaredRadii[ball], of: centres[ball]) {
          ofPoints[$0] += 1
          ofBalls[ball] += 1
        }
      }
      return (ofPoints, ofBalls)
    }
  }
}

import PointClouds
import TinyNetwork

/// The accuracy of a network that was trained on half of two clouds and predicts which cloud the points of the other
/// half come from: a classifier two-sample test.
/// Equations (12.11); Lopez-Paz and Oquab 2017 (arXiv:1610.06545)
///
/// It is ½ for clouds that cannot be distinguished, and 1 if a point is not finite. The accuracy of the best
/// classifier is ½ plus half the total variation of the two distributions. Between true draws it has the mean ½ and
/// the standard deviation 1 / (2√n), where n is the number of classified points. Equally many points of both clouds
/// take part; a random half of them is for training.
/// - Parameters:
///   - seed: the seed of the halves, the initial weights and the batches.
///   - threads: 0 for one per processor; the result does not depend on it.
/// - Complexity: one training of ``BinaryClassifier``.
package func classifierAccuracy(
  _ x: PointCloud, _ y: PointCloud, seed: UInt64 = 0,
  recipe: BinaryClassifier.Recipe = BinaryClassifier.Recipe(), threads: Int = 0
) -> Double {
  let count = min(x.count, y.count)
  precondition(count >= 2, "clouds of \(x.count) and \(y.count) points have no halves")
  guard (x.points + y.points).allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else { return 1 }
  func halves(_ cloud: PointCloud, _ lane: Int) -> (PointCloud, PointCloud) {
    let noise = NoiseSource(seed: seed, purpose: NoiseSource.Purpose("classifier"))
    let keys = (0..<cloud.count).map { (noise.bits(particle: $0, lane: lane), $0) }
    let order = keys.sorted { ($0.0.x, $0.0.y, $0.1) < ($1.0.x, $1.0.y, $1.1) }.map { cloud[$0.1] }
    return (PointCloud(Array(order[..<(count / 2)])), PointCloud(Array(order[(count / 2)..<count])))
  }
  let (xLearned, xJudged) = halves(x, 0)
  let (yLearned, yJudged) = halves(y, 1)
  var recipe = recipe
  recipe.seed = seed
  let classifier = BinaryClassifier(xLearned, yLearned, recipe: recipe, threads: threads)
  let right =
    classifier.logits(of: xJudged, threads: threads).count { $0 <= 0 }
    + classifier.logits(of: yJudged, threads: threads).count { $0 > 0 }
  return Double(right) / Double(xJudged.count + yJudged.count)
}

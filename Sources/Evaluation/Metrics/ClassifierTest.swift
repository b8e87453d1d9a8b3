import PointClouds
import TinyNetwork

/// How often a network, trained on half of two clouds, tells rightly from which one the points of the other half
/// are: a classifier two-sample test.  Equations (12.11); Lopez-Paz and Oquab 2017 (arXiv:1610.06545)
///
/// ½ where nobody can tell, and 1 where a point has no finite place, which nobody takes for a true one; at best ½
/// plus half the total variation of the two laws. Between true draws its mean is ½ and its deviation 1 / (2√n), with
/// n the number of points that are judged. Of both clouds equally many points take part, a random half of them on
/// each side.
/// - Parameters:
///   - seed: of the halves, the initial weights and the batches.
///   - threads: 0 for one a processor; the result does not depend on it.
/// - Complexity: a training of ``BinaryClassifier``.
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

import PointClouds
import RealModule

/// The sliced Wasserstein-2 distance of two clouds of the same size.  EQUATIONS (12.3)
///
/// Directions lie on the fixed midpoint grid of the half circle, so the value is reproducible. Biased upward:
/// read it beside the distance of two true draws of the same size.
/// - Complexity: O(directions × n log n).
public func slicedWasserstein(_ x: PointCloud, _ y: PointCloud, directions: Int = 64) -> Double {
  precondition(x.count == y.count && x.count > 0, "clouds of \(x.count) and \(y.count) points")
  precondition(directions > 0, "\(directions) directions")
  var total = 0.0
  for l in 0..<directions {
    let (sine, cosine) = PortableMath.sineCosine(turns: (Double(l) + 0.5) / Double(2 * directions))
    let xs = x.points.map { $0.x * cosine + $0.y * sine }.sorted()
    let ys = y.points.map { $0.x * cosine + $0.y * sine }.sorted()
    var sum = 0.0
    for i in 0..<xs.count { sum += (xs[i] - ys[i]) * (xs[i] - ys[i]) }
    total += sum / Double(xs.count)
  }
  return (total / Double(directions)).squareRoot()
}

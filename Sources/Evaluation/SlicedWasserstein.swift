import PointClouds

/// The sliced Wasserstein-2 distance of two clouds.  EQUATIONS (12.3); Rabin et al. 2012, Bonneel et al. 2015
///
/// Directions lie on the fixed midpoint grid of the half circle, so the value is reproducible. It is biased
/// upward: read it beside the distance of two true draws of the same sizes.
/// - Complexity: O(directions × n log n).
public func slicedWasserstein(_ x: PointCloud, _ y: PointCloud, directions: Int = 64) -> Double {
  precondition(directions > 0, "\(directions) directions")
  var total = 0.0
  for l in 0..<directions {
    let (sine, cosine) = PortableMath.sineCosine(turns: (Double(l) + 0.5) / Double(2 * directions))
    total += squaredWasserstein(x, y, along: SIMD2(cosine, sine))
  }
  return (total / Double(directions)).squareRoot()
}

/// W₂² of two clouds projected on a unit vector: the squared difference of their quantiles, integrated.
/// EQUATIONS (12.2)
func squaredWasserstein(_ x: PointCloud, _ y: PointCloud, along direction: SIMD2<Double>) -> Double {
  precondition(x.count > 0 && y.count > 0, "clouds of \(x.count) and \(y.count) points")
  let xs = x.points.map { ($0 * direction).sum() }.sorted()
  let ys = y.points.map { ($0 * direction).sum() }.sorted()
  // Quantile steps of x end at multiples of 1/n, those of y at multiples of 1/m: walk their merged grid in
  // whole units of 1/(n·m).
  var sum = 0.0
  var i = 0
  var j = 0
  var position = 0
  while i < xs.count && j < ys.count {
    let next = min((i + 1) * ys.count, (j + 1) * xs.count)
    sum += Double(next - position) * (xs[i] - ys[j]) * (xs[i] - ys[j])
    position = next
    if next == (i + 1) * ys.count { i += 1 }
    if next == (j + 1) * xs.count { j += 1 }
  }
  return sum / (Double(xs.count) * Double(ys.count))
}

import PointClouds

/// The squared energy distance of two clouds, V-statistic: at least 0, and 0 for equal clouds.
/// EQUATIONS (12.4); Székely and Rizzo 2013
///
/// Positive even between two true draws, by 2/n · E‖X − X′‖ on average: read it beside that floor.
/// - Complexity: O((n + m)²) distances.
public func energyDistance(_ x: PointCloud, _ y: PointCloud) -> Double {
  precondition(x.count > 0 && y.count > 0, "clouds of \(x.count) and \(y.count) points")
  return 2 * meanDistance(x, y) - meanDistance(x, x) - meanDistance(y, y)
}

/// The mean distance over all pairs of a point of `x` and a point of `y`.
private func meanDistance(_ x: PointCloud, _ y: PointCloud) -> Double {
  // Four partial sums in fixed order: quick, and the same on every machine.
  let ys = y.points
  let blocks = ys.count / 4
  var total = 0.0
  for p in x.points {
    var sums = SIMD4<Double>.zero
    for b in 0..<blocks {
      let q = (ys[4 * b], ys[4 * b + 1], ys[4 * b + 2], ys[4 * b + 3])
      let dx = SIMD4(q.0.x, q.1.x, q.2.x, q.3.x) - p.x
      let dy = SIMD4(q.0.y, q.1.y, q.2.y, q.3.y) - p.y
      sums += (dx * dx + dy * dy).squareRoot()
    }
    for q in ys[(4 * blocks)...] {
      let d = q - p
      sums.x += (d * d).sum().squareRoot()
    }
    total += sums.sum()
  }
  return total / (Double(x.count) * Double(y.count))
}

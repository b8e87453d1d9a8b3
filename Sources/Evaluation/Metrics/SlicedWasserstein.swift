import Parallelism
import PointClouds

/// The sliced Wasserstein-2 distance of two clouds.  Equations (12.3); Rabin et al. 2012, Bonneel et al. 2015
///
/// The directions are the midpoint grid of the half circle, so the value is reproducible. It is biased upward;
/// compare it with the distance of two true draws of the same sizes.
/// - Complexity: O(directions × n log n).
public func slicedWasserstein(_ x: PointCloud, _ y: PointCloud, directions: Int = 64) -> Double {
  precondition(directions > 0, "\(directions) directions")
  var total = 0.0
  for l in 0..<directions { total += squaredWasserstein(x, y, along: direction(l, of: directions)) }
  return (total / Double(directions)).squareRoot()
}

/// The sliced Wasserstein-2 distances between all pairs of clouds: `result[i][j]` is that of `xs[i]` and `ys[j]`.
///
/// It is faster than one call per pair, because every cloud is projected and sorted only once.
/// - Parameter threads: 0 for one per processor; the result does not depend on it.
package func slicedWasserstein(
  _ xs: [PointCloud], _ ys: [PointCloud], directions: Int = 64, threads: Int = 0
) -> [[Double]] {
  precondition(directions > 0, "\(directions) directions")
  let squares = ThreadTeam.map(directions, threads: threads) { l in
    let direction = direction(l, of: directions)
    let sorted = (xs.map { projection($0, on: direction) }, ys.map { projection($0, on: direction) })
    return sorted.0.map { x in sorted.1.map { squaredDifference(x, $0) } }
  }
  return xs.indices.map { i in
    ys.indices.map { j in
      (squares.reduce(0) { $0 + $1[i][j] } / Double(directions)).squareRoot()
    }
  }
}

/// The `l`-th direction of the midpoint grid.
private func direction(_ l: Int, of directions: Int) -> SIMD2<Double> {
  PortableMath.direction(turns: (Double(l) + 0.5) / Double(2 * directions))
}

/// W₂² of two clouds projected on a unit vector; ∞ if a point is not finite.  Equations (12.2)
func squaredWasserstein(_ x: PointCloud, _ y: PointCloud, along direction: SIMD2<Double>) -> Double {
  squaredDifference(projection(x, on: direction), projection(y, on: direction))
}

/// The coordinates along a unit vector in increasing order; unordered if one of them is not finite.
private func projection(_ cloud: PointCloud, on direction: SIMD2<Double>) -> [Double] {
  precondition(cloud.count > 0, "a cloud without points")
  var values = cloud.points.map { ($0 * direction).sum() }
  if values.allSatisfy(\.isFinite) { sortByDigits(&values) }
  return values
}

/// The squared difference of the quantiles of two sorted lists, integrated.  Equations (12.2)
private func squaredDifference(_ xs: [Double], _ ys: [Double]) -> Double {
  var sum = 0.0
  if xs.count == ys.count {
    for i in 0..<xs.count { sum += (xs[i] - ys[i]) * (xs[i] - ys[i]) }
    return sum.isNaN ? .infinity : sum / Double(xs.count)
  }
  // The quantile function of x jumps at multiples of 1/n, that of y at multiples of 1/m: walk their merged grid in
  // units of 1/(n·m).
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
  return sum.isNaN ? .infinity : sum / (Double(xs.count) * Double(ys.count))
}

/// Sorts finite numbers, five times as fast as the standard sort for thousands of them.
///
/// It is a radix sort of their 32-bit positions in the range of values, in three passes of 11 bits. Numbers with
/// equal positions that remain out of order are sorted by comparison.
/// - Complexity: O(n), unless nearly all numbers are close together and a few far away.
func sortByDigits(_ values: inout [Double]) {
  guard let low = values.min(), let high = values.max(), values.count >= 256 else { return values.sort() }
  let scale = 4_294_967_295 / (high - low)
  guard scale.isFinite && scale > 0 else { return values.sort() }
  var other = [Double](repeating: 0, count: values.count)
  var starts = [Int32](repeating: 0, count: 3 << 11)
  func digit(_ value: Double, _ pass: Int) -> Int {
    Int(UInt32((value - low) * scale) >> UInt32(11 * pass)) & 2047
  }
  for value in values {
    for pass in 0..<3 { starts[pass << 11 | digit(value, pass)] += 1 }
  }
  for pass in 0..<3 {
    var start: Int32 = 0
    for i in (pass << 11)..<((pass + 1) << 11) { (starts[i], start) = (start, start + starts[i]) }
  }
  for pass in 0..<3 {
    for value in values {
      let place = pass << 11 | digit(value, pass)
      other[Int(starts[place])] = value
      starts[place] += 1
    }
    swap(&values, &other)
  }
  for i in 1..<values.count where values[i] < values[i - 1] { return values.sort() }
}

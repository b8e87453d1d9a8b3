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

/// W₂² of two clouds projected on a unit vector: the squared difference of their quantiles, integrated; ∞ where a
/// point is not finite.  EQUATIONS (12.2)
func squaredWasserstein(_ x: PointCloud, _ y: PointCloud, along direction: SIMD2<Double>) -> Double {
  precondition(x.count > 0 && y.count > 0, "clouds of \(x.count) and \(y.count) points")
  var xs = x.points.map { ($0 * direction).sum() }
  var ys = y.points.map { ($0 * direction).sum() }
  guard xs.allSatisfy(\.isFinite) && ys.allSatisfy(\.isFinite) else { return .infinity }
  sortByDigits(&xs)
  sortByDigits(&ys)
  var sum = 0.0
  if xs.count == ys.count {
    for i in 0..<xs.count { sum += (xs[i] - ys[i]) * (xs[i] - ys[i]) }
    return sum / Double(xs.count)
  }
  // Quantile steps of x end at multiples of 1/n, those of y at multiples of 1/m: walk their merged grid in
  // whole units of 1/(n·m).
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

/// Sorts finite numbers, five times as fast as comparing them does where there are thousands.
///
/// Three passes over digits of 11 bits of where in their range they lie; what is left, numbers that agree in all
/// 32 bits of that, is sorted by comparing.
/// - Complexity: O(n), unless nearly all numbers lie close together beside a few far away.
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

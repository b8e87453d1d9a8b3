import PointClouds

/// A function of the squared distance of two points, for four pairs at once.
private protocol PairFunction {
  /// The values at these squared distances.
  func callAsFunction(_ squares: SIMD4<Double>) -> SIMD4<Double>
  /// The value at distance 0.
  var atZero: Double { get }
}

/// The distance ‖x − y‖.
private struct PairDistance: PairFunction {
  let atZero = 0.0
  @inline(__always)
  func callAsFunction(_ squares: SIMD4<Double>) -> SIMD4<Double> { squares.squareRoot() }
}

/// The kernel exp(factor · ‖x − y‖²).
private struct PairKernel: PairFunction {
  let factor: Double
  let atZero = 1.0
  @inline(__always)
  func callAsFunction(_ squares: SIMD4<Double>) -> SIMD4<Double> { exponential(squares * factor) }
}

// The two functions below are in this file so that the compiler specializes the sums for each, in every build.

/// 2·E‖X − Y‖ − E‖X − X′‖ − E‖Y − Y′‖ over the pairs of two clouds.
/// - Parameter unbiased: leaves out the pairs of a point and itself.
func twoSampleDistance(_ x: PointCloud, _ y: PointCloud, unbiased: Bool) -> Double {
  twoSampleMean(x, y, unbiased: unbiased, PairDistance())
}

/// 2·E k(X, Y) − E k(X, X′) − E k(Y, Y′) over the pairs of two clouds, with k = exp(factor · d²).
/// - Parameter unbiased: leaves out the pairs of a point and itself.
func twoSampleKernel(_ x: PointCloud, _ y: PointCloud, unbiased: Bool, factor: Double) -> Double {
  twoSampleMean(x, y, unbiased: unbiased, PairKernel(factor: factor))
}

private func twoSampleMean(
  _ x: PointCloud, _ y: PointCloud, unbiased: Bool, _ f: some PairFunction
) -> Double {
  let least = unbiased ? 2 : 1
  precondition(x.count >= least && y.count >= least, "clouds of \(x.count) and \(y.count) points")
  let (xs, ys) = (PairBlocks(x), PairBlocks(y))
  func within(_ blocks: PairBlocks) -> Double {
    let n = Double(blocks.count)
    let sum = 2 * blocks.sumWithin(f)
    return unbiased ? sum / (n * (n - 1)) : (sum + n * f.atZero) / (n * n)
  }
  return 2 * xs.sum(with: ys, f) / (Double(x.count) * Double(y.count)) - within(xs) - within(ys)
}

/// The points of a cloud as blocks of four, for sums over all pairs.
///
/// Sums run in a fixed order of fixed blocks, so they have the same bits on every machine.
private struct PairBlocks {
  let points: [SIMD2<Double>]
  private let x, y: [SIMD4<Double>]
  /// 1 for the lanes of the last block that hold a point, 0 for the others.
  private let lastWeights: SIMD4<Double>

  init(_ cloud: PointCloud) {
    precondition(cloud.count > 0, "no pairs without points")
    // The exponential would return a finite number for NaN.
    precondition(cloud.points.allSatisfy { $0.x.isFinite && $0.y.isFinite }, "a point has no finite place")
    points = cloud.points
    let blocks = (cloud.count + 3) / 4
    var x = [SIMD4<Double>](repeating: .zero, count: blocks)
    var y = x
    for (i, p) in cloud.points.enumerated() {
      x[i / 4][i % 4] = p.x
      y[i / 4][i % 4] = p.y
    }
    self.x = x
    self.y = y
    var weights = SIMD4<Double>.zero
    for lane in 0...((cloud.count - 1) % 4) { weights[lane] = 1 }
    lastWeights = weights
  }

  var count: Int { points.count }

  /// Σ f(‖p − q‖²) over all p here and all q there.
  func sum(with other: PairBlocks, _ f: some PairFunction) -> Double {
    var total = 0.0
    for p in points { total += other.sum(around: p, from: 0, weights: SIMD4(repeating: 1), f) }
    return total
  }

  /// Σ f(‖p − q‖²) over all pairs of different points, each pair once.
  func sumWithin(_ f: some PairFunction) -> Double {
    var total = 0.0
    for i in 0..<(count - 1) {
      // The block of point i + 1, with the lanes from that point on.
      var weights = SIMD4<Double>(repeating: 1)
      for lane in 0..<((i + 1) % 4) { weights[lane] = 0 }
      total += sum(around: points[i], from: (i + 1) / 4, weights: weights, f)
    }
    return total
  }

  /// Σ f(‖p − q‖²) over the points of the blocks from `first` on; the lanes of the first block have these weights.
  @inline(__always)
  private func sum(
    around p: SIMD2<Double>, from first: Int, weights: SIMD4<Double>, _ f: some PairFunction
  ) -> Double {
    let last = x.count - 1
    if first == last { return (weights * lastWeights * f(squares(p, last))).sum() }
    var sums = weights * f(squares(p, first))
    for block in (first + 1)..<last { sums += f(squares(p, block)) }
    return (sums + lastWeights * f(squares(p, last))).sum()
  }

  @inline(__always)
  private func squares(_ p: SIMD2<Double>, _ block: Int) -> SIMD4<Double> {
    let dx = x[block] - p.x
    let dy = y[block] - p.y
    return dx * dx + dy * dy
  }
}

/// e to the power `v` in each lane, with a relative error of about 1e-13; almost 0 below −690.
/// - Parameter v: at most 0.
@inline(__always)
func exponential(_ v: SIMD4<Double>) -> SIMD4<Double> {
  // v = (k + r)·ln 2 with |r| ≤ ½. Adding 1.5 · 2⁵² rounds to k, which is then in the lowest bits.
  let turns = v * 1.442_695_040_888_963_4
  let scaled = turns.replacing(with: -1000, where: turns .< -1000)
  let shifted = scaled + 0x1.8p52
  let r = (scaled - (shifted - 0x1.8p52)) * 0.693_147_180_559_945_3
  // The Taylor series; the first term left out is below 7e-15.
  var series = r * (1.0 / 39_916_800) + 1.0 / 3_628_800
  series = series * r + 1.0 / 362_880
  series = series * r + 1.0 / 40_320
  series = series * r + 1.0 / 5040
  series = series * r + 1.0 / 720
  series = series * r + 1.0 / 120
  series = series * r + 1.0 / 24
  series = series * r + 1.0 / 6
  series = series * r + 0.5
  series = series * r + 1
  series = series * r + 1
  let exponent = unsafeBitCast(shifted, to: SIMD4<UInt64>.self) &<< 52
  return unsafeBitCast(unsafeBitCast(series, to: SIMD4<UInt64>.self) &+ exponent, to: SIMD4<Double>.self)
}

import PointClouds

/// A k-d tree of the points of a cloud, which finds exact nearest neighbours and balls in logarithmic time.
/// Bentley 1975
///
/// A node is a range of positions: the point in its middle splits it along its longer side, and the ranges left and
/// right of the middle are its children. Short ranges are leaves.
struct NeighbourTree: Sendable {
  private var points: [SIMD2<Double>]
  /// The position of each point in the cloud.
  private var origins: [Int]
  /// The coordinate that splits the node of each middle.
  private var axes: [UInt8]

  private static let leaf = 8

  /// - Complexity: O(n log n) on average.
  init(_ cloud: PointCloud) {
    points = cloud.points
    origins = Array(0..<cloud.count)
    axes = [UInt8](repeating: 0, count: cloud.count)
    build(0, cloud.count)
  }

  var count: Int { points.count }

  /// The squared distances of the `count` points nearest to `place`, in increasing order; filled up with ∞ if there
  /// are fewer points.
  /// - Parameter excluded: the position in the cloud of a point to leave out.
  func nearest(_ count: Int, to place: SIMD2<Double>, excluding excluded: Int? = nil) -> [Double] {
    var best = [Double](repeating: .infinity, count: count)
    search(0, points.count, place, excluded ?? -1, &best)
    return best
  }

  /// Calls `body` with the position in the cloud of every point whose squared distance to `place` is at most
  /// `squaredRadius`.
  func forEach(
    within squaredRadius: Double, of place: SIMD2<Double>, _ body: (Int) -> Void
  ) {
    visit(0, points.count, squaredRadius, place, body)
  }

  // MARK: Building

  private mutating func build(_ low: Int, _ high: Int) {
    guard high - low > Self.leaf else { return }
    var lower = points[low]
    var upper = lower
    for i in low..<high {
      lower = pointwiseMin(lower, points[i])
      upper = pointwiseMax(upper, points[i])
    }
    let size = upper - lower
    let axis = size.x >= size.y ? 0 : 1
    let middle = (low + high) / 2
    axes[middle] = UInt8(axis)
    select(middle, low, high, axis)
    build(low, middle)
    build(middle + 1, high)
  }

  /// Moves to `middle` the point that would be there if the range were sorted; no point before it is larger, none
  /// after it smaller (Hoare's quickselect).
  private mutating func select(_ middle: Int, _ low: Int, _ high: Int, _ axis: Int) {
    var (left, right) = (low, high - 1)
    while left < right {
      let pivot = points[(left + right) / 2][axis]
      var (i, j) = (left, right)
      while i <= j {
        while points[i][axis] < pivot { i += 1 }
        while points[j][axis] > pivot { j -= 1 }
        if i <= j {
          points.swapAt(i, j)
          origins.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if middle <= j { right = j } else if middle >= i { left = i } else { return }
    }
  }

  // MARK: Searching

  private func search(
    _ low: Int, _ high: Int, _ place: SIMD2<Double>, _ excluded: Int, _ best: inout [Double]
  ) {
    if high - low <= Self.leaf {
      for i in low..<high { consider(i, place, excluded, &best) }
      return
    }
    let middle = (low + high) / 2
    let axis = Int(axes[middle])
    let offset = place[axis] - points[middle][axis]
    let (near, far) = offset <= 0 ? ((low, middle), (middle + 1, high)) : ((middle + 1, high), (low, middle))
    search(near.0, near.1, place, excluded, &best)
    consider(middle, place, excluded, &best)
    if offset * offset < best[best.count - 1] { search(far.0, far.1, place, excluded, &best) }
  }

  private func consider(_ i: Int, _ place: SIMD2<Double>, _ excluded: Int, _ best: inout [Double]) {
    let d = points[i] - place
    let square = (d * d).sum()
    var slot = best.count - 1
    guard square < best[slot], origins[i] != excluded else { return }
    while slot > 0 && best[slot - 1] > square {
      best[slot] = best[slot - 1]
      slot -= 1
    }
    best[slot] = square
  }

  private func visit(
    _ low: Int, _ high: Int, _ squaredRadius: Double, _ place: SIMD2<Double>, _ body: (Int) -> Void
  ) {
    func test(_ i: Int) {
      let d = points[i] - place
      if (d * d).sum() <= squaredRadius { body(origins[i]) }
    }
    if high - low <= Self.leaf {
      for i in low..<high { test(i) }
      return
    }
    let middle = (low + high) / 2
    let axis = Int(axes[middle])
    let offset = place[axis] - points[middle][axis]
    let reaches = offset * offset <= squaredRadius
    if offset <= 0 || reaches { visit(low, middle, squaredRadius, place, body) }
    test(middle)
    if offset >= 0 || reaches { visit(middle + 1, high, squaredRadius, place, body) }
  }
}

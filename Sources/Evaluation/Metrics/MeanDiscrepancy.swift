import PointClouds

/// The squared maximum mean discrepancy of two clouds with the kernel exp(−‖x − y‖² / 2h²).
/// Equations (12.5); Gretton et al. 2012
///
/// By default it is biased: never negative, and 2/n · (1 − E k) on average between two true draws of n points. If
/// unbiased, it is 0 on average between true draws, and therefore often negative. A kernel is sensitive to
/// differences of its own width: with the median distance as bandwidth, on a ring of modes, it hardly depends on
/// the width of the modes; use a second `bandwidth` near that width.
/// - Parameters:
///   - bandwidth: the width h of the kernel. To compare models, take it from true points: ``medianDistance(of:)``.
///   - unbiased: leaves out the pairs of a point and itself; both clouds then need two points.
/// - Precondition: all coordinates are finite.
/// - Complexity: O((n + m)²).
package func meanDiscrepancy(
  _ x: PointCloud, _ y: PointCloud, bandwidth: Double, unbiased: Bool = false
) -> Double {
  precondition(bandwidth > 0 && bandwidth.isFinite, "a kernel of bandwidth \(bandwidth)")
  return -twoSampleKernel(x, y, unbiased: unbiased, factor: -0.5 / (bandwidth * bandwidth))
}

/// The median distance of two different points of a cloud, a common bandwidth of a kernel. The classical heuristic
/// takes it of both clouds together.  Equations (12.5)
/// - Precondition: there are at least two points.
/// - Complexity: O(n² log n) time and O(n²) memory.
package func medianDistance(of cloud: PointCloud) -> Double {
  precondition(cloud.count > 1, "a cloud of \(cloud.count) points has no distances")
  var squares: [Double] = []
  squares.reserveCapacity(cloud.count * (cloud.count - 1) / 2)
  for i in 0..<cloud.count {
    for j in 0..<i {
      let d = cloud[i] - cloud[j]
      squares.append((d * d).sum())
    }
  }
  squares.sort()
  let middle = squares.count / 2
  let upper = squares[middle].squareRoot()
  return squares.count % 2 == 1 ? upper : (upper + squares[middle - 1].squareRoot()) / 2
}

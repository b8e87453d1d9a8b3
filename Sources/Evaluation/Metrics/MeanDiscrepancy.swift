import PointClouds

/// The squared maximum mean discrepancy of two clouds with the kernel exp(−‖x − y‖² / 2h²).
/// Equations (12.5); Gretton et al. 2012
///
/// As it is, biased: at least 0, and 2/n · (1 − E k) on average between two true draws of n points. Unbiased: 0 on
/// average there, and negative as often as not. A kernel sees differences of its own width: with the median
/// distance, on a ring of modes, it hardly sees how wide the modes are; take a second `bandwidth` near their width.
/// - Parameters:
///   - bandwidth: h. To compare models, take it from true points: see ``medianDistance(of:)``.
///   - unbiased: leaves out the pairs of a point and itself; then both clouds need two points.
/// - Precondition: all coordinates are finite.
/// - Complexity: O((n + m)²) exponentials.
package func meanDiscrepancy(
  _ x: PointCloud, _ y: PointCloud, bandwidth: Double, unbiased: Bool = false
) -> Double {
  precondition(bandwidth > 0 && bandwidth.isFinite, "a kernel of bandwidth \(bandwidth)")
  return -twoSampleKernel(x, y, unbiased: unbiased, factor: -0.5 / (bandwidth * bandwidth))
}

/// The median distance of two different points of a cloud: the usual bandwidth of a kernel. For the classical
/// heuristic, of both clouds together.  Equations (12.5)
/// - Precondition: there are two points.
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

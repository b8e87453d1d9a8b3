import PointClouds

/// The Chamfer distance of two clouds as KAIST's course on diffusion models sums it: the squared distance of every
/// point to the nearest of the other cloud, over the points of both.
///
/// A sum, not a mean: it grows with the clouds, and shrinks where they get denser. Read it beside true draws of
/// the same sizes.
/// - Complexity: O((n + m) log(n + m)) on average.
package func chamferDistance(_ x: PointCloud, _ y: PointCloud) -> Double {
  precondition(x.count > 0 && y.count > 0, "clouds of \(x.count) and \(y.count) points")
  func sum(_ points: PointCloud, _ tree: NeighbourTree) -> Double {
    points.points.reduce(0) { $0 + tree.nearest(1, to: $1)[0] }
  }
  return sum(x, NeighbourTree(y)) + sum(y, NeighbourTree(x))
}

import PointClouds

/// The Chamfer distance of two clouds as KAIST's course on diffusion models defines it: the sum, over the points of
/// both clouds, of the squared distance to the nearest point of the other.
///
/// It is a sum, not a mean, so it depends on the sizes of the clouds. Compare it with that of true draws of the same
/// sizes.
/// - Complexity: O((n + m) log(n + m)) on average.
public func chamferDistance(_ x: PointCloud, _ y: PointCloud) -> Double {
  precondition(x.count > 0 && y.count > 0, "clouds of \(x.count) and \(y.count) points")
  func sum(_ points: PointCloud, _ tree: NeighbourTree) -> Double {
    points.points.reduce(0) { $0 + tree.nearest(1, to: $1)[0] }
  }
  return sum(x, NeighbourTree(y)) + sum(y, NeighbourTree(x))
}

import PointClouds

/// The squared energy distance of two clouds.  Equations (12.4); Székely and Rizzo 2013
///
/// By default it is a V-statistic: never negative, and 0 for equal clouds, but 2/n · E‖X − X′‖ on average between two
/// true draws of n points; compare it with that floor. If unbiased, it is a U-statistic: 0 on average between true
/// draws, and therefore often negative, so it has no root.
/// - Parameter unbiased: leaves out the distances of points to themselves; both clouds then need two points.
/// - Precondition: all coordinates are finite.
/// - Complexity: O((n + m)²) distances.
public func energyDistance(_ x: PointCloud, _ y: PointCloud, unbiased: Bool = false) -> Double {
  twoSampleDistance(x, y, unbiased: unbiased)
}

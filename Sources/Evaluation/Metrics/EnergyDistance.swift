import PointClouds

/// The squared energy distance of two clouds.  Equations (12.4); Székely and Rizzo 2013
///
/// As it is, a V-statistic: at least 0, and 0 for equal clouds, but positive even between two true draws of n
/// points, by 2/n · E‖X − X′‖ on average; read it beside that floor. Unbiased, a U-statistic: 0 on average between
/// true draws, and negative as often as not, so it has no root.
/// - Parameter unbiased: leaves out the distances of points to themselves; then both clouds need two points.
/// - Precondition: all coordinates are finite.
/// - Complexity: O((n + m)²) distances.
package func energyDistance(_ x: PointCloud, _ y: PointCloud, unbiased: Bool = false) -> Double {
  twoSampleDistance(x, y, unbiased: unbiased)
}

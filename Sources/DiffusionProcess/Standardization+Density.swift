import PointClouds
import RealModule

extension Standardization {
  /// The logarithm of how much areas grow from standard units to data units: what a log density in nats loses on
  /// the way to the units of the data, and an entropy gains.
  package var logVolume: Double { Double.log(scales.x) + Double.log(scales.y) }
}

extension Standardization {
  /// The standardization of a mixture, by its exact moments.
  package init(of mixture: GaussianMixture) {
    let covariance = mixture.covariance
    let variances = SIMD2(covariance.xx, covariance.yy)
    // A mixture has spread both ways, so that only squares beyond a Double leave no scale.
    self =
      Standardization(mean: mixture.mean, variances: variances)
      ?? Standardization(mean: mixture.mean, scale: 1)
  }
}

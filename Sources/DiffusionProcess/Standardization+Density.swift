import PointClouds
import RealModule

extension Standardization {
  /// The logarithm of the factor by which areas grow from standard units to data units: a log density in nats
  /// loses as much on the way to the units of the data, and an entropy gains it.
  package var logVolume: Double { Double.log(scales.x) + Double.log(scales.y) }

  /// The standardization of a mixture, by its exact moments.
  public init(of mixture: GaussianMixture) {
    let covariance = mixture.covariance
    let variances = SIMD2(covariance.xx, covariance.yy)
    // A mixture varies in both coordinates: only an overflow of squares leaves no scale.
    self =
      Standardization(mean: mixture.mean, variances: variances)
      ?? Standardization(mean: mixture.mean, scale: 1)
  }
}

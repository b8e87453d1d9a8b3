import DiffusionProcess
import PointClouds

extension GaussianMixture {
  /// The mixture that a fixture spells out.
  public init(_ fixture: Fixture) {
    let weights = fixture.weights.doubles
    let means = fixture.means.points
    let covariances = fixture.covariances.list
    self.init(
      weights.indices.map { k in
        Component(
          weight: weights[k], mean: means[k],
          covariance: SymmetricMatrix(
            xx: covariances[k][0][0].double, xy: covariances[k][0][1].double,
            yy: covariances[k][1][1].double))
      })
  }

  /// One Gaussian.
  public static func gaussian(mean: SIMD2<Double>, covariance: SymmetricMatrix) -> GaussianMixture {
    GaussianMixture([Component(weight: 1, mean: mean, covariance: covariance)])
  }
}

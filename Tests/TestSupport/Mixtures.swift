import DiffusionProcess
import PointClouds

extension GaussianMixture {
  /// The mixture that a fixture spells out.
  package init(_ fixture: Fixture) {
    let weights = fixture.weights.doubles
    let means = fixture.means.points
    let covariances = fixture.covariances.list
    self.init(
      weights.indices.map { k in
        Component(weight: weights[k], mean: means[k], covariance: SymmetricMatrix(covariances[k]))
      })
  }

  /// One Gaussian.
  package static func gaussian(mean: SIMD2<Double>, covariance: SymmetricMatrix) -> GaussianMixture {
    GaussianMixture([Component(weight: 1, mean: mean, covariance: covariance)])
  }
}

extension SymmetricMatrix {
  /// The matrix that a fixture spells out row by row.
  package init(_ fixture: Fixture) {
    self.init(xx: fixture[0][0].double, xy: fixture[0][1].double, yy: fixture[1][1].double)
  }
}

/// Whether all entries are within `tolerance` of the reference.
package func isClose(_ value: SymmetricMatrix, _ reference: SymmetricMatrix, _ tolerance: Double) -> Bool {
  isClose(value.xx, reference.xx, tolerance) && isClose(value.xy, reference.xy, tolerance)
    && isClose(value.yy, reference.yy, tolerance)
}

import PointClouds

extension SymmetricMatrix {
  /// The matrix that a covariance is.
  package init(_ covariance: Covariance) {
    self.init(xx: covariance.xx, xy: covariance.xy, yy: covariance.yy)
  }
}

extension GaussianMixture {
  /// The oracle of a mixture that is given as data: a toy's, or a user's file.
  package init(_ specification: MixtureSpecification) {
    self.init(
      specification.weights.indices.map { k in
        Component(
          weight: specification.weights[k], mean: specification.means[k],
          covariance: SymmetricMatrix(specification.covariances[k]))
      })
  }
}

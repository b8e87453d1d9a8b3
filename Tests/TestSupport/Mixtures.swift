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

extension GaussianMixture {
  /// Draws from the mixture.
  package func sample(count: Int, noise: NoiseSource) -> PointCloud {
    MixtureSpecification(
      weights: components.map(\.weight), means: components.map(\.mean),
      covariances: components.map {
        Covariance(xx: $0.covariance.xx, xy: $0.covariance.xy, yy: $0.covariance.yy)
      }
    ).sample(count: count, noise: noise)
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

extension DiscreteSchedule {
  /// The chain of T steps that a fixture names `schedule`; `nil` for a name that no fixture has.
  package init?(fixture name: String, steps: Int) {
    let names = [
      "linear": "linear-unscaled", "linear_rescaled": "linear", "cosine": "cosine",
      "scaled_linear": "scaled-linear", "quadratic": "quadratic", "sigmoid_beta": "sigmoid-beta",
      "sigmoid_alpha_bar": "sigmoid", "vp_exact": "vp-exact",
    ]
    guard let ours = names[name], let schedule = DiscreteSchedule.named(ours, steps: steps) else {
      return nil
    }
    self = schedule
  }
}

import DiffusionProcess
import PointClouds

/// The exact oracle of a Gaussian mixture, which predicts what a perfect network would.
package struct ExactModel: GaussianModel {
  package let base: Diffusion

  /// The oracle of a mixture given in the units of the data.
  package init(_ mixture: GaussianMixture, name: String, schedule: DiscreteSchedule = .cosine(steps: 1000)) {
    let standardization = Standardization(of: mixture)
    let oracle = mixture.standardized(by: standardization)
    base = Diffusion(
      name: name, origin: nil, denoiser: oracle, isExact: true, schedule: schedule,
      standardization: standardization, oracle: oracle, variance: .transition,
      boundVariance: .optimal)
  }
}

extension GaussianMixture {
  /// The exact oracle of a mixture given in the units of the data, as a model to sample and to judge.
  public func asModel(
    name: String = "exact", schedule: DiscreteSchedule = .cosine(steps: 1000)
  ) -> any Model {
    ExactModel(self, name: name, schedule: schedule)
  }
}

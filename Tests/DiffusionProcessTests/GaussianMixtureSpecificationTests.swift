import DiffusionProcess
import PointClouds
import Testing

@Suite("The oracle of a mixture specification")
struct GaussianMixtureSpecificationTests {
  @Test("has its weights, means and covariances")
  func components() {
    let specification = AnisotropicMixture().specification
    let mixture = GaussianMixture(specification)
    #expect(mixture.components.map(\.weight) == specification.weights)
    #expect(mixture.components.map(\.mean) == specification.means)
    #expect(mixture.components.map(\.covariance.xx) == [0.3, 0.08, 0.25])
    #expect(mixture.components.map(\.covariance.xy) == [0.12, -0.05, 0.03])
    #expect(mixture.components.map(\.covariance.yy) == [0.1, 0.2, 0.05])
  }
}

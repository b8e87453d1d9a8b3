import DiffusionProcess
import PointClouds
import Testing

@testable import Evaluation

@Suite("The metrics of a card")
struct ScoreMetricTests {
  /// Two Gaussians that overlap, so that the likelier one has more than its weight of the points.
  private let mixture = GaussianMixture([
    .init(weight: 0.7, mean: .zero, covariance: SymmetricMatrix(isotropic: 1)),
    .init(weight: 0.3, mean: SIMD2(1, 0), covariance: SymmetricMatrix(isotropic: 1)),
  ])

  private func cloud(seed: UInt64) -> PointCloud {
    mixture.sample(count: 300, noise: NoiseSource(seed: seed, purpose: .truth))
  }

  @Test("Masses of modes are compared with those of the reference draws, not with the weights")
  func masses() {
    let references = [cloud(seed: 1), cloud(seed: 2)]
    let measure = ScoreMetric.modes.prepare(.init(references: references, mixture: mixture))
    let all = PointCloud(references.flatMap(\.points))
    #expect(measure(all, references[0], 0)[1] == 0)
    #expect(ModeStatistics(of: all, mixture).massError() > 0.05)
  }

  @Test("Every repetition of the classifier has the seed of its number")
  func classifier() {
    let (x, y) = (cloud(seed: 3), cloud(seed: 4))
    let measure = ScoreMetric.classifier.prepare(.init(references: [y], mixture: nil))
    let found = (0..<3).map { measure(x, y, $0)[0] }
    #expect(found == (0..<3).map { classifierAccuracy(x, y, seed: $0) })
    #expect(Set(found).count > 1)
  }
}

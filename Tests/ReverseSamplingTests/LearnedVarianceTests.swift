import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@testable import ReverseSampling

@Suite("Ancestral sampling with a variance that the denoiser says")
struct LearnedVarianceTests {
  /// The exact steps of a mixture.
  private struct ExactSteps: VarianceDenoiser {
    let mixture: GaussianMixture

    func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) {
      mixture.denoise(noisy, at: level, into: &clean)
    }

    var learnedVariance: ReverseVariance? { .full }

    func reverseStep(
      _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel, last: Double
    ) -> (clean: PointCloud, factors: [LowerTriangle]) {
      ReverseKernel(.optimal, of: mixture, along: [source, target]).step(noisy, from: source, to: target)
    }
  }

  @Test("is exact for a Gaussian and its exact covariances, in any number of steps")
  func gaussian() {
    let covariance = SymmetricMatrix(xx: 1.3, xy: 0.8, yy: 0.7)
    let data = GaussianMixture.gaussian(mean: SIMD2(0.2, -0.1), covariance: covariance)
    let grid = TimeGrid(.cosine(steps: 1000), steps: 4)
    let samples = Ancestral(variance: .full, noiseOnLastStep: true).sample(
      from: grid.start(count: 40_000, noise: NoiseSource(seed: 1, purpose: .start)), along: grid,
      using: ExactSteps(mixture: data), noise: NoiseSource(seed: 1, purpose: .sampling))
    let found = covarianceOf(samples)
    // Four standard errors √(2/n)·variance of 40,000 points.
    for (a, b) in [
      (found.xx, covariance.xx), (found.xy, covariance.xy), (found.yy, covariance.yy),
    ] {
      #expect(abs(a - b) < 4 * (2.0 / 40_000).squareRoot() * 1.3)
    }
  }

  @Test("ends at E[x₀ | x₁], like any other, where the last step adds no noise")
  func lastStep() {
    let data = GaussianMixture.gaussian(mean: .zero, covariance: SymmetricMatrix(isotropic: 1))
    let grid = TimeGrid(.cosine(steps: 10), steps: 1)
    let start = grid.start(count: 5, noise: NoiseSource(seed: 1, purpose: .start))
    let noise = NoiseSource(seed: 1, purpose: .sampling)
    let samples = Ancestral(variance: .full).sample(
      from: start, along: grid, using: ExactSteps(mixture: data), noise: noise)
    #expect(samples == Ancestral().sample(from: start, along: grid, using: data, noise: noise))
  }

  private func covarianceOf(_ cloud: PointCloud) -> SymmetricMatrix {
    let n = Double(cloud.count)
    let mean = cloud.points.reduce(.zero, +) / n
    return (1 / n)
      * cloud.points.reduce(SymmetricMatrix(isotropic: 0)) { $0 + SymmetricMatrix(outer: $1 - mean) }
  }
}

import DiffusionProcess
import Evaluation
import PointClouds
import ReverseSampling
import TestSupport
import Testing

@Suite("Path energy")
struct PathEnergyTests {
  @Test("The path energy of a Gaussian's flow is W₂² or a little more")
  func energy() {
    let gaussian = Gaussian(mean: SIMD2(3, -1), covariance: SymmetricMatrix(isotropic: 0.25))
    let flow = ProbabilityFlow(RectifiedFlow())
    let start = NoiseSource(seed: 1, purpose: .start).normalCloud(count: 4000)
    let (energy, end) = flow.pathEnergy(from: start, steps: 400, using: gaussian)
    let distance = gaussian.wasserstein(to: .isotropic())
    // W₂² is 10 + 2·0.25 and a lower bound, which the flow passes by the ups and downs of its speed; 4000 particles
    // scatter by a hundredth.
    #expect(energy > 0.97 * distance * distance && energy < 1.1 * distance * distance, "\(energy)")
    for i in 0..<5 {
      // Euler's error at 400 steps.
      #expect(
        isClose(end[i], gaussian.flow(start[i], from: RectifiedFlow().level(at: 1), to: .clean), 0.02))
    }
  }
}

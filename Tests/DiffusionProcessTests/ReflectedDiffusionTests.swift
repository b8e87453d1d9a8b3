import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@Suite("Reflected diffusion")
struct ReflectedDiffusionTests {
  @Test("runs from σ_min to σ_max by equal factors, and g² is the slope of σ²")
  func rates() {
    let diffusion = ReflectedDiffusion(sigmaMin: 0.02, sigmaMax: 2)
    #expect(diffusion.sigma(at: 0) == 0.02 && isClose(diffusion.sigma(at: 1), 2, 1e-14))
    #expect(isClose(diffusion.sigma(at: 0.5), 0.2, 1e-14))
    for time in [0.1, 0.5, 0.9] {
      let (up, down) = (diffusion.sigma(at: time + 1e-5), diffusion.sigma(at: time - 1e-5))
      // h² times the third derivative (9.2)³·σ²/6.
      #expect(isClose(diffusion.squaredDiffusion(at: time), (up * up - down * down) / 2e-5, 1e-7))
    }
    #expect(isClose(ReflectedKernel(sigma: ReflectedDiffusion().sigmaMax).distanceFromUniform, 3.0e-5, 1e-6))
  }

  @Test("is drawn exactly by folding: every cosine decays as the heat equation says")
  func moments() {
    let count = 40_000
    let start = SIMD2(0.15, 0.8)
    for sigma in [0.05, 0.4, 1.0] {
      let cloud = ReflectedDiffusion.noisy(
        PointCloud([SIMD2<Double>](repeating: start, count: count)), sigma: sigma,
        noise: NoiseSource(seed: 3, purpose: .forward))
      #expect(DataBox.unit.shareOutside(cloud) == 0)
      for k in 1...3 {
        let frequency = Double(k) * .pi
        func mean(_ f: (SIMD2<Double>) -> Double) -> Double {
          cloud.points.reduce(0) { $0 + f($1) } / Double(count)
        }
        let decay = PortableMath.exp(-0.5 * frequency * frequency * sigma * sigma)
        // Five standard errors of a mean of cosines.
        let tolerance = 5 / Double(count).squareRoot()
        #expect(abs(mean { cosine(k, $0.x) } - decay * cosine(k, start.x)) < tolerance)
        #expect(abs(mean { cosine(k, $0.y) } - decay * cosine(k, start.y)) < tolerance)
      }
    }
  }

  /// cos kπx.
  private func cosine(_ k: Int, _ x: Double) -> Double {
    PortableMath.sineCosine(turns: Double(k) * x / 2).cosine
  }

  @Test("starts its reverse from points that are uniform in the box")
  func prior() {
    let cloud = ReflectedDiffusion().prior(count: 20_000, noise: NoiseSource(seed: 2, purpose: .start))
    #expect(DataBox.unit.shareOutside(cloud) == 0)
    let mean = cloud.points.reduce(.zero, +) / 20_000
    let square = cloud.points.reduce(.zero) { $0 + $1 * $1 } / 20_000
    // Five standard errors: deviations of x and of x² are 0.289 and 0.298.
    #expect(isClose(mean, SIMD2(0.5, 0.5), 0.0105) && isClose(square, SIMD2(1, 1) / 3, 0.0105))
  }
}

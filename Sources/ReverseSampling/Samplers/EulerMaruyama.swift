import DiffusionProcess
import PointClouds

/// Euler–Maruyama for the reverse SDE: dx = (f·x − g²·∇log p_t) dt + g dw, backwards in time.
///
/// Anderson 1982; Song et al. 2021 (arXiv:2011.13456), eq. 6. EQUATIONS (4.2), (7.3). The drift and diffusion
/// are those of the process, at the times of the grid.
package struct EulerMaruyama: Sampler {
  /// The forward process that is reversed.
  package let process: any ContinuousProcess
  /// Whether a step to time 0 adds its noise too.
  package let noiseOnLastStep: Bool

  /// The sampler for the reverse of a process.
  package init(_ process: any ContinuousProcess, noiseOnLastStep: Bool = true) {
    self.process = process
    self.noiseOnLastStep = noiseOnLastStep
  }

  /// 1, in the law of the samples.
  package var order: Int { 1 }
  /// 1.
  package var evaluationsPerStep: Int { 1 }
  /// Yes.
  package var addsNoise: Bool { true }

  /// x ← x − (f·x − g²ψ)·h + g·√h·ζ.
  /// - Precondition: there is signal at every time but the last; rectified flow has none at time 1.
  package mutating func step(
    _ x: inout PointCloud, over i: Int, of grid: TimeGrid, using denoiser: any Denoiser, noise: NoiseSource
  ) {
    let (time, h) = (grid.times[i], grid.times[i] - grid.times[i + 1])
    let f = process.drift(at: time)
    let squaredG = process.squaredDiffusion(at: time)
    let score = denoiser.score(x, at: process.level(at: time))
    let isNoisy = grid.times[i + 1] > 0 || noiseOnLastStep
    let deviation = isNoisy ? (squaredG * h).squareRoot() : 0
    for i in 0..<x.count { x[i] -= h * (f * x[i] - squaredG * score[i]) }
    x.add(noise, deviation: deviation)
  }
}

import DiffusionProcess
import PointClouds

/// Euler–Maruyama for the reverse SDE: dx = (f·x − g²·∇log p_t) dt + g dw, backwards in time.
///
/// Anderson 1982; Song et al. 2021 (arXiv:2011.13456), eq. 6. Equations (4.2), (7.3). The drift and diffusion
/// are those of the grid's process, at its times.
public struct EulerMaruyama: Sampler {
  /// Whether a step to time 0 adds noise, too.
  package let noiseOnLastStep: Bool

  /// The sampler.
  public init(noiseOnLastStep: Bool = true) {
    self.noiseOnLastStep = noiseOnLastStep
  }

  public var need: SamplerNeed { .diffusion }

  /// x ← x − (f·x − g²ψ)·h + g·√h·ζ.
  /// - Precondition: the grid knows its process, which has signal wherever a step starts; rectified flow has none at
  ///   time 1.
  public mutating func step(
    _ x: inout PointCloud, over i: Int, of grid: TimeGrid, using denoiser: any Denoiser, noise: NoiseSource
  ) {
    let process = grid.knownProcess
    let (time, h) = (grid.times[i], grid.times[i] - grid.times[i + 1])
    let f = process.drift(at: time)
    let squaredG = process.squaredDiffusion(at: time)
    let score = denoiser.score(x, at: process.level(at: time))
    let isNoisy = grid.times[i + 1] > 0 || noiseOnLastStep
    let deviation = isNoisy ? (squaredG * h).squareRoot() : 0
    for i in 0..<x.count { x[i] -= h * (f * x[i] - squaredG * score[i]) }
    x.add(noise, standardDeviation: deviation)
  }

  package static let kind = SamplerKind(
    "em", "Euler-Maruyama, reverse SDE", "Song et al. 2021b", on: "vp", steps: 100
  ) { _ in EulerMaruyama(noiseOnLastStep: false) }
}

import DiffusionProcess
import PointClouds

/// Euler's method for the probability-flow ODE in σ: y ← y + (σ' − σ)·(y − D)/σ with y = x/a and σ = s/a.
///
/// Karras et al. 2022 (arXiv:2206.00364), algorithm 1 without its correction. Equations (4.5). DDIM at η = 0 is
/// the same map.
package struct EDMEuler: LevelSampler {
  /// The sampler.
  package init() {}

  package var addsNoise: Bool { false }

  /// x ← a'·(D + σ'·d) with d = (y − D)/σ = ε̂.
  package mutating func step(
    _ x: inout PointCloud, from: NoiseLevel, to: NoiseLevel, using denoiser: any Denoiser,
    noise: NoiseSource
  ) {
    let clean = denoiser.denoise(x, at: from)
    for i in 0..<x.count {
      let slope = (x[i] - from.signal * clean[i]) / from.noise
      x[i] = to.signal * clean[i] + to.noise * slope
    }
  }

  package static let kind = SamplerKind(
    "edm-euler", "Euler in sigma", "Karras et al. 2022", on: "karras", steps: 100
  ) { _ in EDMEuler() }
}

import DiffusionProcess
import PointClouds

/// Euler–Maruyama of the reverse of a reflected diffusion: step as if there were no walls, then fold.
///
/// Lou and Ermon 2023 (arXiv:2304.04740), section 4; Equations (7.26).
package struct ReflectedEulerMaruyama: ReflectedSampler, Hashable {
  /// The sampler.
  package init() {}

  package var need: SamplerNeed { .walls }

  /// x ← R(x + g²·ψ·h + g·√h·ζ).
  package func step(
    _ x: inout PointCloud, from: Double, to: Double, of diffusion: ReflectedDiffusion,
    using score: any ReflectedScore, noise: NoiseSource
  ) {
    let h = from - to
    let squaredG = diffusion.squaredDiffusion(at: from)
    let psi = score.score(x, sigma: diffusion.sigma(at: from))
    let zeta = noise.normalCloud(count: x.count)
    for i in 0..<x.count {
      let moved = x[i] + squaredG * h * psi[i] + (squaredG * h).squareRoot() * zeta[i]
      x[i] = Fold(moved).place
    }
  }

  package static let kind = SamplerKind(
    "reflected-em", "Euler-Maruyama in a box", "Lou and Ermon 2023", on: "walls", steps: 100
  ) { _ in ReflectedEulerMaruyama() }
}

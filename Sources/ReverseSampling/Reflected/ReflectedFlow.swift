import DiffusionProcess
import PointClouds

/// Heun's method for the probability-flow ODE of a reflected diffusion, dx/dt = −½g²ψ, folded after each stage.
///
/// Lou and Ermon 2023 (arXiv:2304.04740); Equations (7.26). The exact flow never leaves the box, because ψ has no
/// component across a wall; a long step or a learned score can lead out, and the fold mirrors the point back. Behind
/// a wall the score is the mirror image of that inside: R′(z)·ψ(R(z)).
package struct ReflectedFlow: ReflectedSampler, Hashable {
  /// The solver.
  package init() {}

  package var order: Int { 2 }
  package var evaluationsPerStep: Int { 2 }
  package var addsNoise: Bool { false }
  package var need: SamplerNeed { .walls }

  /// x ← R(x + (h/2)·(k₁ + k₂)), k₁ = ½g²ψ(x) at `from`, k₂ = ½g²·R′(z)ψ(R(z)) of z = x + h·k₁ at `to`.
  package func step(
    _ x: inout PointCloud, from: Double, to: Double, of diffusion: ReflectedDiffusion,
    using score: any ReflectedScore, noise: NoiseSource
  ) {
    let h = from - to
    let first = 0.5 * diffusion.squaredDiffusion(at: from)
    let second = 0.5 * diffusion.squaredDiffusion(at: to)
    let slopes = score.score(x, sigma: diffusion.sigma(at: from))
    let folds = (0..<x.count).map { Fold(x[$0] + h * first * slopes[$0]) }
    let ahead = score.score(PointCloud(folds.map(\.place)), sigma: diffusion.sigma(at: to))
    for i in 0..<x.count {
      let slope = first * slopes[i] + second * folds[i].slope * ahead[i]
      x[i] = Fold(x[i] + 0.5 * h * slope).place
    }
  }

  package static let kind = SamplerKind(
    "reflected-ode", "Heun in a box, PF-ODE", "Lou and Ermon 2023", on: "walls", steps: 50
  ) { _ in ReflectedFlow() }
}

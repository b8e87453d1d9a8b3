import DiffusionProcess
import PointClouds

/// Annealed Langevin dynamics: several Langevin steps at every level, starting where the previous level ended.
///
/// Algorithm 1 of Song and Ermon 2019 (arXiv:1907.05600). Equations (7.11), for y = x/a and σ = s/a. The step size
/// of a level is α = ρ·σ²; the paper's ε is ρ·σ_L². There is no Metropolis correction: for N(0, τ²) a level converges
/// to the variance τ² / (1 − α/4τ²), which is too large, however many levels there are. With too few steps a level
/// does not converge at all, so neighbouring σ must be close, as on 100 geometric levels; the first levels of a cosine
/// chain are too far apart. A step to noise 0 ends at E[x₀ | x_t].
package struct AnnealedLangevin: LevelSampler {
  /// ρ = α/σ², the step size relative to the variance of the level's noise.
  package let relativeStep: Double
  /// K, the number of Langevin steps at each level.
  package let stepsPerLevel: Int

  /// The sampler.
  package init(relativeStep: Double = 0.2, stepsPerLevel: Int = 20) {
    precondition(relativeStep > 0 && stepsPerLevel >= 1, "\(stepsPerLevel) steps of \(relativeStep)")
    (self.relativeStep, self.stepsPerLevel) = (relativeStep, stepsPerLevel)
  }

  /// 1, in the law of the samples: the bias of a level is of first order in ``relativeStep``.
  package var order: Int { 1 }
  package var evaluationsPerStep: Int { stepsPerLevel }
  /// ``stepsPerLevel`` per step, and 1 more for a step to noise 0.
  package func evaluations(along grid: TimeGrid) -> Int? {
    grid.steps * stepsPerLevel + grid.levels.dropFirst().count { $0.noise == 0 }
  }
  /// Signal, since it works on x/a.
  package var need: SamplerNeed { .signal }

  /// K times y ← y + (α/2)·ψ + √α·ζ; the next level starts with the same y.
  /// - Precondition: the levels have signal.
  package mutating func step(
    _ x: inout PointCloud, from: NoiseLevel, to: NoiseLevel, using denoiser: any Denoiser,
    noise: NoiseSource
  ) {
    precondition(from.signal > 0, "Langevin steps need signal, and \(from) has none")
    for k in 0..<stepsPerLevel {
      let draws = noise.draw(k, of: stepsPerLevel)
      // In y the score is −ε̂/σ; times α/2 and back to x that is −ρ/2·s·ε̂.
      let epsilon = denoiser.predictedNoise(x, at: from)
      let zeta = draws.normalCloud(count: x.count)
      for i in 0..<x.count {
        x[i] += from.noise * (relativeStep.squareRoot() * zeta[i])
        x[i] -= from.noise * (relativeStep / 2 * epsilon[i])
      }
    }
    guard to.noise > 0 else {
      x = denoiser.denoise(x, at: from)
      return
    }
    for i in 0..<x.count { x[i] *= to.signal / from.signal }
  }

  package static let kind = SamplerKind(
    "langevin", "annealed Langevin", "Song and Ermon 2019", on: "log-linear", steps: 100
  ) { _ in AnnealedLangevin() }
}

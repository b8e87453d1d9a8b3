import DiffusionProcess
import PointClouds

/// Ancestral sampling with the best Gaussian of every step: its covariance is V·I + B²·Cov[x₀ | x_t].
///
/// Bao et al. 2022 (arXiv:2206.07309). EQUATIONS (10.9). The last step adds its noise too, with covariance
/// Cov[x₀ | x₁], unless told otherwise. On Gaussian data with the exact denoiser it is the exact reversal at any number of steps.
package struct OptimalAncestral: LevelSampler {
  /// Whether the last step adds its noise too.
  package let noiseOnLastStep: Bool

  /// The sampler.
  package init(noiseOnLastStep: Bool = true) {
    self.noiseOnLastStep = noiseOnLastStep
  }

  /// 2, in the law of the samples: the first cumulant that a step gets wrong is the third, of size B³.
  package var order: Int { 2 }
  /// 1, which says mean and covariance.
  package var evaluationsPerStep: Int { 1 }
  /// Yes.
  package var addsNoise: Bool { true }
  /// Cov[x₀ | x_t].
  package var need: SamplerNeed { .covariance }

  /// Why this denoiser does not serve; `nil` where it does.
  package static func problem(with denoiser: any Denoiser) -> String? {
    denoiser is any CovarianceDenoiser
      ? nil : "the optimal covariance needs a denoiser that knows Cov[x₀ | x_t]: an exact one"
  }

  /// x_s = A·x_t + B·x̂₀ + L·ζ with L·Lᵀ = V·I + B²·Cov[x₀ | x_t].
  /// - Precondition: the denoiser is a ``CovarianceDenoiser``.
  package mutating func step(
    _ x: inout PointCloud, from: NoiseLevel, to: NoiseLevel, using denoiser: any Denoiser,
    noise: NoiseSource
  ) {
    guard let oracle = denoiser as? any CovarianceDenoiser else {
      preconditionFailure("the optimal covariance was asked of a denoiser that knows no covariance")
    }
    let posterior = ReversePosterior(from: from, to: to)
    let clean = oracle.denoise(x, at: from)
    let isNoisy = to.noise > 0 || noiseOnLastStep
    let covariances = isNoisy ? oracle.reverseCovariance(x, from: from, to: to) : []
    for i in 0..<x.count { x[i] = posterior.mean(noisy: x[i], clean: clean[i]) }
    guard isNoisy else { return }
    let zeta = noise.normalCloud(count: x.count)
    for i in 0..<x.count { x[i] += covariances[i].semidefiniteCholesky * zeta[i] }
  }
}

extension OptimalAncestral {
  /// `ddpm-optimal`.
  package static let kind = SamplerKind(
    "ddpm-optimal", "ancestral, full optimal covariance", "Bao et al. 2022b", steps: 25
  ) { _ in OptimalAncestral() }
}

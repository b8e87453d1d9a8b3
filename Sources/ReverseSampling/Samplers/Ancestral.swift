import DiffusionProcess
import PointClouds

/// Ancestral sampling: each step draws from a Gaussian around the posterior's mean at E[x₀ | x_t].
///
/// Algorithm 2 of Ho et al. 2020 (arXiv:2006.11239), with strides as in Nichol and Dhariwal 2021, section 4.
/// EQUATIONS (7.1). One evaluation a step.
package struct Ancestral: LevelSampler {
  /// Which variance the reverse Gaussians have.
  package enum Variance: String, Sendable, Hashable, CaseIterable {
    /// β̃ (V when strided): right where the data are a single point; too small for spread-out data.
    case posterior
    /// β (v_{t|s} when strided): right where the data are N(0, I).
    case transition
    /// The covariance that the denoiser says beside the mean: it must be a ``VarianceDenoiser``.
    case learned
  }

  /// Which variance the reverse Gaussians have.
  package let variance: Variance
  /// Whether the last step adds its noise too. By custom it does not, and the cloud ends at E[x₀ | x₁].
  package let noiseOnLastStep: Bool

  /// An ancestral sampler.
  package init(variance: Variance = .transition, noiseOnLastStep: Bool = false) {
    self.variance = variance
    self.noiseOnLastStep = noiseOnLastStep
  }

  /// 1, in the law of the samples.
  package var order: Int { 1 }
  /// 1.
  package var evaluationsPerStep: Int { 1 }
  /// Yes.
  package var addsNoise: Bool { true }
  /// The learned variance where it is asked for.
  package var need: SamplerNeed { variance == .learned ? .learnedVariance : .levels }

  /// x_s = A·x_t + B·x̂₀ + L·ζ, with L·Lᵀ = v·I where the variance is fixed.
  /// - Precondition: where the variance is learned, the denoiser is a ``VarianceDenoiser``.
  package mutating func step(
    _ x: inout PointCloud, from: NoiseLevel, to: NoiseLevel, using denoiser: any Denoiser,
    noise: NoiseSource
  ) {
    let posterior = ReversePosterior(from: from, to: to)
    let isNoisy = to.noise > 0 || noiseOnLastStep
    if variance == .learned && isNoisy {
      guard let learned = denoiser as? any VarianceDenoiser else {
        preconditionFailure("the learned variance was asked of a denoiser that says none")
      }
      let (clean, factors) = learned.reverseStep(x, from: from, to: to)
      let zeta = noise.normalCloud(count: x.count)
      for i in 0..<x.count {
        x[i] = posterior.mean(noisy: x[i], clean: clean[i]) + factors[i] * zeta[i]
      }
      return
    }
    let clean = denoiser.denoise(x, at: from)
    let v = variance == .posterior ? posterior.variance : posterior.transitionVariance
    for i in 0..<x.count { x[i] = posterior.mean(noisy: x[i], clean: clean[i]) }
    x.add(noise, deviation: isNoisy ? v.squareRoot() : 0)
  }
}

extension Ancestral {
  /// The variance of its steps; the model's own where the user names none.
  package static let varianceParameter = Parameter.choice(
    "variance", among: Variance.allCases.map(\.rawValue),
    "The variance of the steps of ddpm: transition (beta), posterior (beta tilde) or learned. (default: what the model was trained for)"
  )

  /// `ddpm`.
  package static let kind = SamplerKind(
    "ddpm", "ancestral sampling", "Ho et al. 2020", steps: 250, parameters: [varianceParameter]
  ) { Ancestral(variance: $0.word(varianceParameter).flatMap { Variance(rawValue: $0) } ?? .transition) }
}

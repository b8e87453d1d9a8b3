import DiffusionProcess
import PointClouds

/// Ancestral sampling: each step draws from the Gaussian of a `ReverseKernel`, around the posterior's mean at
/// E[x₀ | x_t].
///
/// Algorithm 2 of Ho et al. 2020 (arXiv:2006.11239), with strides as in Nichol and Dhariwal 2021, section 4.
/// Equations (7.1). One evaluation per step. With the variance `analytic` it is Analytic-DPM; with `optimal` it
/// draws from the best Gaussian of every step, which for Gaussian data and the exact denoiser is the exact reversal
/// with any number of steps.
public struct Ancestral: Sampler {
  /// The covariance of the reverse Gaussians.
  package let variance: ReverseVariance
  /// Whether the last step adds noise, too. By custom it does not, and the cloud ends at E[x₀ | x₁].
  package let noiseOnLastStep: Bool
  /// Where the variance `analytic` takes its averages from.
  package let analytic: AnalyticVariance

  /// An ancestral sampler.
  public init(
    variance: ReverseVariance = .transition, noiseOnLastStep: Bool = false,
    analytic: AnalyticVariance = AnalyticVariance()
  ) {
    (self.variance, self.noiseOnLastStep, self.analytic) = (variance, noiseOnLastStep, analytic)
  }

  /// 1, in the law of the samples; 2 with the optimal covariance, where the first cumulant with an error is the
  /// third, of size B³.
  public var order: Int { variance == .optimal ? 2 : 1 }
  public var need: SamplerNeed { .variance(variance) }

  /// The Gaussians that a chain along this grid draws from.
  /// - Precondition: the denoiser knows the variance.
  package func kernel(of denoiser: any Denoiser, along grid: TimeGrid) -> ReverseKernel {
    ReverseKernel(variance, of: denoiser, along: grid.levels, analytic: analytic)
  }

  /// x_s = A·x_t + B·E[x₀ | x_t] + L·ζ.
  /// - Precondition: the denoiser knows the variance.
  public mutating func step(
    _ x: inout PointCloud, over i: Int, of grid: TimeGrid, using denoiser: any Denoiser, noise: NoiseSource
  ) {
    let (from, to) = (grid.levels[i], grid.levels[i + 1])
    let posterior = ReversePosterior(from: from, to: to)
    guard to.noise > 0 || noiseOnLastStep else {
      let clean = denoiser.denoise(x, at: from)
      for k in 0..<x.count { x[k] = posterior.mean(noisy: x[k], clean: clean[k]) }
      return
    }
    let (clean, factors) = kernel(of: denoiser, along: grid).step(x, from: from, to: to)
    let zeta = noise.normalCloud(count: x.count)
    for k in 0..<x.count { x[k] = posterior.mean(noisy: x[k], clean: clean[k]) + factors[k] * zeta[k] }
  }

  /// The variance of its steps; by default that of the model.
  package static let varianceParameter = Parameter.choice(
    "variance", among: VarianceChoice.all.names,
    "The variance of ddpm: \(VarianceChoice.help). (default: what the model was trained for)")

  package static let kind = SamplerKind(
    "ddpm", "ancestral sampling", "Ho et al. 2020", steps: 250, parameters: [varianceParameter]
  ) {
    Ancestral(variance: $0.word(varianceParameter).flatMap { ReverseVariance(rawValue: $0) } ?? .transition)
  }

  /// `ddpm-optimal`, short for the variance `optimal` with noise on the last step.
  package static let optimalKind = SamplerKind(
    "ddpm-optimal", "ancestral, full optimal covariance", "Bao et al. 2022b", steps: 25
  ) { _ in Ancestral(variance: .optimal, noiseOnLastStep: true) }

  /// `analytic-dpm`, short for the variance `analytic` with noise on the last step.
  package static let analyticKind = SamplerKind(
    "analytic-dpm", "ancestral, optimal variance per step", "Bao et al. 2022a", steps: 50
  ) { _ in Ancestral(variance: .analytic, noiseOnLastStep: true) }
}

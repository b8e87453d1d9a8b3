import PointClouds

/// The Gaussians p(x_s | x_t) of a reverse chain: their means are A·x_t + B·E[x₀ | x_t], their covariances a
/// ``ReverseVariance``.
///
/// Ancestral sampling draws from them, and the variational bound evaluates them. At the step to the data both use the
/// value of the step before in place of β̃ = 0 (Equations 2.8); a sampler that adds no noise there ends at the mean.
package struct ReverseKernel: Sendable {
  package let variance: ReverseVariance
  /// The levels that the chain visits, from noise to data.
  package let levels: [NoiseLevel]
  private let denoiser: any Denoiser
  private let analytic: AnalyticVariance

  /// The Gaussians of a chain.
  /// - Parameters:
  ///   - denoiser: one that can have the variance: ``ReverseVariance/problem(with:)`` is `nil`.
  ///   - levels: those that the chain visits, from noise to data.
  ///   - analytic: the averages for ``ReverseVariance/analytic``.
  package init(
    _ variance: ReverseVariance, of denoiser: any Denoiser, along levels: [NoiseLevel],
    analytic: AnalyticVariance = AnalyticVariance()
  ) {
    let problem = variance.problem(with: denoiser)
    precondition(problem == nil, problem?.description ?? "")
    self.variance = variance
    self.levels = levels
    self.denoiser = denoiser
    self.analytic = analytic
  }

  /// E[x₀ | x_t] of every noisy point, and the lower Cholesky factor L of the covariance of its step: the step
  /// draws x_s = A·x_t + B·E[x₀ | x_t] + L·ζ.
  ///
  /// It returns E[x₀ | x_t] instead of the mean, because the bound's B·(x₀ − E[x₀ | x_t]) would lose digits as a
  /// difference of means.
  /// - Complexity: one evaluation of a network; one of an exact denoiser, and one more for its covariances.
  package func step(
    _ noisy: PointCloud, from source: NoiseLevel, to target: NoiseLevel
  ) -> (clean: PointCloud, factors: [LowerTriangle]) {
    let posterior = ReversePosterior(from: source, to: target)
    let last = StepVariances.last(along: levels)
    func shared(_ clean: PointCloud, _ variance: Double) -> (clean: PointCloud, factors: [LowerTriangle]) {
      (clean, [LowerTriangle](repeating: LowerTriangle(isotropic: variance), count: noisy.count))
    }
    switch (variance, denoiser) {
    case (.transition, _):
      return shared(denoiser.denoise(noisy, at: source), posterior.transitionVariance)
    case (.posterior, _):
      let variances = StepVariances(from: source, to: target, last: last)
      return shared(denoiser.denoise(noisy, at: source), variances.posterior)
    case (.analytic, _):
      let clean = denoiser.denoise(noisy, at: source)
      return shared(clean, analytic.variance(of: posterior, noisy, clean: clean, at: source))
    case (.optimalIsotropic, let oracle as any ExactDenoiser):
      let variance = oracle.optimalVariance(from: source, to: target)
      return shared(oracle.denoise(noisy, at: source), variance)
    case (.optimal, let oracle as any CovarianceDenoiser):
      let covariances = oracle.reverseCovariance(noisy, from: source, to: target)
      return (oracle.denoise(noisy, at: source), covariances.map(\.semidefiniteCholesky))
    case (.optimalDiagonal, let oracle as any CovarianceDenoiser):
      let covariances = oracle.reverseCovariance(noisy, from: source, to: target)
      return (
        oracle.denoise(noisy, at: source), covariances.map { LowerTriangle(diagonal: SIMD2($0.xx, $0.yy)) }
      )
    case (.moments, let network as any MomentDenoiser):
      let moments = network.moments(noisy, at: source)
      return (
        PointCloud(moments.map(\.mean)),
        zip(moments, noisy.points).map {
          LowerTriangle(diagonal: $0.reverseStep(posterior, noisy: $1).variance)
        }
      )
    case (_, let network as any VarianceDenoiser):
      return network.reverseStep(noisy, from: source, to: target, last: last)
    default: preconditionFailure("\(denoiser) does not know the variance \(variance.rawValue)")
    }
  }
}

extension LowerTriangle {
  /// The factor of `variance` times the identity.
  package init(isotropic variance: Double) {
    self.init(diagonal: SIMD2(repeating: variance))
  }

  /// The factor of the diagonal covariance with these variances.
  package init(diagonal variances: SIMD2<Double>) {
    self.init(xx: variances.x.squareRoot(), yx: 0, yy: variances.y.squareRoot())
  }
}

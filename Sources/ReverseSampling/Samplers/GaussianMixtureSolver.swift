import DiffusionProcess
import PointClouds

/// The Gaussian mixture solver: each step draws from two Gaussians that have the first three moments of the exact
/// step, coordinate by coordinate.
///
/// Guo et al. 2023 (arXiv:2311.00941). Equations (7.14)–(7.19). The exact step x_s | x_t is no Gaussian where it
/// is long, and skewed where x_t lies between parts of the data. On exact denoisers it is ahead of chains
/// with one variance a step at 5 steps (aniso3: 1.55 noise floors of sliced W2, against 2.22 of `ddpm` and 2.41 of
/// `analytic-dpm`) and equal to them from 20 on; most of that is the variance at each x_t, not the skewness.
package struct GaussianMixtureSolver: LevelSampler {
  /// How often a particle picks one of its two Gaussians.
  package enum Picking: Sendable, Hashable, CaseIterable {
    /// Once a coordinate: the picks add no covariance between the coordinates.
    case perCoordinate
    /// Once for both coordinates, as the published code does: the picks add the covariance ½·b_x·b_y, which no
    /// moment asked for. On ring8 at 10 steps that is 1.52 noise floors of sliced W2 in place of 0.79.
    case perParticle
  }

  /// How often a particle picks one of its two Gaussians.
  package let picking: Picking
  /// Whether the last step draws too. As published it does not, and the cloud ends at E[x₀ | x₁]: at 10 steps 0.90
  /// noise floors of sliced W2 in place of 0.79 on ring8, 1.30 in place of 1.14 on aniso3.
  package let noiseOnLastStep: Bool
  /// Whether the two coordinates get the covariance B²·Cov[x₀ | x_t] of the exact step, as far as the fits leave
  /// room for it. As published they do not; the denoiser must be a ``CovarianceDenoiser``.
  package let keepsCovariance: Bool

  /// The sampler: as published but for the picks and the draw on the last step.
  package init(
    picking: Picking = .perCoordinate, noiseOnLastStep: Bool = true, keepsCovariance: Bool = false
  ) {
    (self.picking, self.noiseOnLastStep) = (picking, noiseOnLastStep)
    self.keepsCovariance = keepsCovariance
  }

  /// 1, in the law of the samples: a step leaves out a covariance of size B². With it 2: what is left out then is
  /// the third moment across the coordinates, of size B³.
  package var order: Int { keepsCovariance ? 2 : 1 }
  /// The moments, and the covariance where it is kept.
  package var need: SamplerNeed { keepsCovariance ? .momentsAndCovariance : .moments }

  /// Why this denoiser does not serve, and what does; `nil` where it does.
  package static func problem(with denoiser: any Denoiser) -> String? {
    if let moments = denoiser as? any MomentDenoiser, moments.knowsMoments { return nil }
    return
      "it asks for three moments of x₀ | x_t, which an exact denoiser knows, and a network that was trained "
      + "with the loss gms"
  }

  /// x_s = μ₁ or μ₂, plus √τ·ζ, in each coordinate.
  /// - Precondition: the denoiser knows the moments, and the covariance where it is kept.
  package mutating func step(
    _ x: inout PointCloud, from: NoiseLevel, to: NoiseLevel, using denoiser: any Denoiser,
    noise: NoiseSource
  ) {
    guard let oracle = denoiser as? any MomentDenoiser else {
      preconditionFailure("three moments were asked of a denoiser that knows one")
    }
    let moments = oracle.reverseMoments(x, from: from, to: to)
    guard to.noise > 0 || noiseOnLastStep else {
      for i in 0..<x.count { x[i] = moments[i].mean }
      return
    }
    let covariances = keepsCovariance ? covariances(x, from: from, to: to, denoiser) : nil
    let zeta = noise.normalCloud(count: x.count)
    for i in 0..<x.count {
      let fit = moments[i].skewedPairs
      // A Gaussian needs no pick.
      var pick = fit.x.isNormal && fit.y.isNormal ? .zero : noise.uniform(particle: i, lane: 1)
      if picking == .perParticle { pick.y = pick.x }
      let spread = noiseFactor(fit.x, fit.y, covariance: covariances?[i].xy)
      x[i] =
        SIMD2(fit.x.mean(picking: pick.x), fit.y.mean(picking: pick.y)) + spread * zeta[i]
    }
  }

  /// The factor of the noise within the picked Gaussians: variances τ, and a covariance that together with that
  /// of the picks is `covariance`, if there is one and it is possible.
  private func noiseFactor(_ x: SkewedPair, _ y: SkewedPair, covariance: Double?) -> LowerTriangle {
    let deviation = (x.variance * y.variance).squareRoot()
    var shared = 0.0
    if let covariance {
      let ofPicks = picking == .perParticle ? x.pickCovariance(y) : 0
      shared = min(max(covariance - ofPicks, -deviation), deviation)
    }
    return SymmetricMatrix(xx: x.variance, xy: shared, yy: y.variance).semidefiniteCholesky
  }

  private func covariances(
    _ x: PointCloud, from: NoiseLevel, to: NoiseLevel, _ denoiser: any Denoiser
  ) -> [SymmetricMatrix] {
    guard let oracle = denoiser as? any CovarianceDenoiser else {
      preconditionFailure("the covariance was asked of a denoiser that knows none")
    }
    return oracle.reverseCovariance(x, from: from, to: to)
  }

  package static let kind = SamplerKind(
    "gms", "two Gaussians by three moments a step", "Guo et al. 2023", steps: 25
  ) { _ in GaussianMixtureSolver() }

  package static let publishedKind = SamplerKind(
    "gms-published", "the same: one pick for both, no last draw", "Guo et al. 2023",
    steps: 50
  ) { _ in GaussianMixtureSolver(picking: .perParticle, noiseOnLastStep: false) }

  package static let fullKind = SamplerKind(
    "gms-full", "the same with the exact covariance", "this lab", steps: 25
  ) { _ in GaussianMixtureSolver(keepsCovariance: true) }
}

import DiffusionProcess
import PointClouds

/// Predictor–corrector: a Langevin step at every level, then the discretised reverse diffusion to the next.
///
/// Algorithms 2 and 4 of Song et al. 2021 (arXiv:2011.13456). Equations (7.12), (7.13), for y = x/a and σ = s/a.
/// The predictor adds σ² − σ'², which is too much if neighbouring σ are far apart, as at the start of the cosine
/// chain; with 100 geometric levels the variance of a Gaussian becomes 2 % too large. The corrector's step size comes
/// from norms averaged over the cloud, so particles depend on each other.
package struct PredictorCorrector: LevelSampler {
  /// r, the signal-to-noise ratio that sets the corrector's step size. The default 0.16 was tuned on images.
  package let signalToNoise: Double
  /// Whether the predictor's step to noise 0 adds noise, too.
  package let noiseOnLastStep: Bool

  /// The sampler.
  package init(signalToNoise: Double = 0.16, noiseOnLastStep: Bool = false) {
    precondition(signalToNoise > 0, "signal to noise \(signalToNoise)")
    (self.signalToNoise, self.noiseOnLastStep) = (signalToNoise, noiseOnLastStep)
  }

  package var evaluationsPerStep: Int { 2 }
  /// Signal, since it works on x/a.
  package var need: SamplerNeed { .signal }

  /// Corrects at the level `from`, then predicts the level `to`.
  /// - Precondition: the levels have signal.
  package mutating func step(
    _ x: inout PointCloud, from: NoiseLevel, to: NoiseLevel, using denoiser: any Denoiser,
    noise: NoiseSource
  ) {
    precondition(from.signal > 0, "the corrector needs signal, and \(from) has none")
    let flat = NoiseLevel(signal: 1, noise: from.sigma)
    var y = x.map { $0 / from.signal }
    let scoreOfY = { (y: PointCloud) in
      denoiser.predictedNoise(y.map { from.signal * $0 }, at: from).map { $0 / -flat.noise }
    }
    correct(&y, score: scoreOfY(y), noise: noise.draw(0, of: 2))

    let squared = (flat.noise - to.sigma) * (flat.noise + to.sigma)
    let deviation = to.noise > 0 || noiseOnLastStep ? squared.squareRoot() : 0
    let score = scoreOfY(y)
    for i in 0..<x.count { y[i] += squared * score[i] }
    y.add(noise.draw(1, of: 2), standardDeviation: deviation)
    x = y.map { to.signal * $0 }
  }

  /// y ← y + ε·ψ + √(2ε)·ζ with ε = 2·(r·mean‖ζ‖ / mean‖ψ‖)².
  private func correct(_ y: inout PointCloud, score: PointCloud, noise: NoiseSource) {
    let zeta = noise.normalCloud(count: y.count)
    let (noiseNorm, scoreNorm) = (Self.meanNorm(zeta), Self.meanNorm(score))
    guard scoreNorm > 0 else { return }
    let ratio = signalToNoise * noiseNorm / scoreNorm
    let epsilon = 2 * ratio * ratio
    for i in 0..<y.count { y[i] += epsilon * score[i] + (2 * epsilon).squareRoot() * zeta[i] }
  }

  private static func meanNorm(_ cloud: PointCloud) -> Double {
    cloud.points.reduce(0) { $0 + ($1 * $1).sum().squareRoot() } / Double(max(1, cloud.count))
  }

  package static let kind = SamplerKind(
    "pc", "predictor-corrector", "Song et al. 2021b", on: "log-linear", steps: 100
  ) { _ in PredictorCorrector() }
}

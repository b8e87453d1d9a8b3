import DiffusionProcess
import PointClouds

/// DDIM(η): a family with the same marginals, from the deterministic η = 0 to the ancestral chain at η = 1.
///
/// Song, Meng and Ermon 2021 (arXiv:2010.02502), eqs. 12 and 16. Equations (7.2). It is of first
/// order at η = 0.
public struct DDIM: LevelSampler {
  /// The share of the posterior's noise that a step adds, in 0...1.
  package let eta: Double

  /// A sampler with this η.
  public init(eta: Double = 0) {
    precondition((0...1).contains(eta), "η is \(eta), outside 0...1")
    self.eta = eta
  }

  public var addsNoise: Bool { eta > 0 }

  /// x_s = a_s·x̂₀ + √(s_s² − η²V)·ε̂ + η√V·ζ.
  public mutating func step(
    _ x: inout PointCloud, from: NoiseLevel, to: NoiseLevel, using denoiser: any Denoiser,
    noise: NoiseSource
  ) {
    let clean = denoiser.denoise(x, at: from)
    let added = eta * ReversePosterior(from: from, to: to).variance.squareRoot()
    let kept = max(0, to.noise * to.noise - added * added).squareRoot()
    for i in 0..<x.count {
      let epsilon = (x[i] - from.signal * clean[i]) / from.noise
      x[i] = to.signal * clean[i] + kept * epsilon
    }
    x.add(noise, standardDeviation: added)
  }

  /// η: how much of the ancestral chain's noise the steps add.
  package static let etaParameter = Parameter.number(
    "eta", in: 0...1, default: 0, "eta of ddim: 0 adds no noise, 1 as much as the ancestral chain.")

  package static let kind = SamplerKind(
    "ddim", "DDIM(eta), deterministic at eta 0", "Song et al. 2021a", steps: 50, parameters: [etaParameter]
  ) { DDIM(eta: $0.number(etaParameter)) }
}

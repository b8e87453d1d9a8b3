import DiffusionProcess
import PointClouds

/// EDM's sampler: Heun's method for the probability-flow ODE in σ, with noise added before each step.
///
/// Algorithms 1 (no churn) and 2 of Karras et al. 2022 (arXiv:2206.00364). Equations (7.7), (7.8). Written for
/// y = x/a and σ = s/a, so that it runs along any path. A step to noise 0 or from signal 0 is Euler's.
public struct EDMHeun: Sampler {
  /// How much noise is added and removed again over the whole chain; 0 gives the deterministic solver.
  package let churn: Double
  /// The range of σ in which noise is added.
  package let churnRange: ClosedRange<Double>
  /// The factor by which the added noise exceeds that of the level, to make up for detail that the denoiser removes.
  package let noiseInflation: Double

  /// The sampler, deterministic by default.
  /// - Parameters:
  ///   - churn: S_churn, at least 0.
  ///   - churnRange: S_min...S_max.
  ///   - noiseInflation: S_noise.
  public init(
    churn: Double = 0, churnRange: ClosedRange<Double> = 0...Double.infinity, noiseInflation: Double = 1
  ) {
    precondition(churn >= 0 && noiseInflation > 0, "churn \(churn), noise inflation \(noiseInflation)")
    (self.churn, self.churnRange, self.noiseInflation) = (churn, churnRange, noiseInflation)
  }

  /// 2; with churn in the law of the samples, because the noise is exact and only Heun's steps have errors.
  public var order: Int { 2 }
  /// 2, but 1 for a step to noise 0 or from signal 0.
  public var evaluationsPerStep: Int { 2 }
  public func evaluations(along grid: TimeGrid) -> Int? {
    grid.evaluations(perStep: 2) - (grid.levels[0].signal > 0 || grid.steps == 1 ? 0 : 1)
  }
  public var addsNoise: Bool { churn > 0 }

  /// Raises σ to σ̂ = (1 + γ)·σ, then y ← ŷ + (σ' − σ̂)·(d + d')/2.
  public mutating func step(
    _ x: inout PointCloud, over i: Int, of grid: TimeGrid, using denoiser: any Denoiser, noise: NoiseSource
  ) {
    let to = grid.levels[i + 1]
    let noisyLevels = grid.levels.count { $0.noise > 0 }
    let from = raise(&x, at: grid.levels[i], noisyLevels: noisyLevels, noise: noise)

    let clean = denoiser.denoise(x, at: from)
    // d = (y − D)/σ is the predicted noise, finite even where there is no signal.
    var slope = clean
    for i in 0..<x.count { slope[i] = (x[i] - from.signal * clean[i]) / from.noise }
    for i in 0..<x.count { x[i] = to.signal * clean[i] + to.noise * slope[i] }
    guard to.noise > 0 && from.signal > 0 else { return }

    let next = denoiser.predictedNoise(x, at: to)
    let half = to.signal * (to.sigma - from.sigma) / 2
    for i in 0..<x.count { x[i] += half * (next[i] - slope[i]) }
  }

  /// Adds the noise between σ and σ̂ to the cloud, and returns the level of σ̂.
  private func raise(
    _ x: inout PointCloud, at level: NoiseLevel, noisyLevels: Int, noise: NoiseSource
  ) -> NoiseLevel {
    let gamma = min(churn / Double(noisyLevels), 2.0.squareRoot() - 1)
    guard gamma > 0, level.signal > 0, churnRange.contains(level.sigma) else { return level }
    let deviation = level.noise * ((1 + gamma) * (1 + gamma) - 1).squareRoot() * noiseInflation
    x.add(noise, standardDeviation: deviation)
    return NoiseLevel(signal: level.signal, noise: (1 + gamma) * level.noise)
  }

  /// S_churn.
  package static let churnParameter = Parameter.number(
    "churn", in: 0...Double.infinity, default: 0, "S_churn of edm: 0 adds no noise.")

  package static let kind = SamplerKind(
    "edm", "Heun in sigma, with churn if asked", "Karras et al. 2022", on: "karras", steps: 25,
    parameters: [churnParameter]
  ) { EDMHeun(churn: $0.number(churnParameter)) }
}

import DiffusionProcess
import PointClouds

/// Analytic-DPM: ancestral sampling with the best variance that is one number a step.
///
/// Bao et al. 2022 (arXiv:2201.06503), theorem 1. EQUATIONS (7.20), (7.21) with λ² = V:
/// v* = V + B²·(s/a)²·(1 − Γ), where Γ = E‖ε̂‖²/d is an average over the points at that level. The last step
/// adds its noise too.
package struct AnalyticDPM: LevelSampler {
  /// The average Γ of each level. A level without one takes the average over the particles themselves, which
  /// then depend on each other.
  package let averages: [NoiseLevel: Double]
  /// The data's variance a coordinate, above which no error of a denoiser can lie.
  package let dataVariance: Double

  /// The sampler with known averages.
  /// - Parameters:
  ///   - averages: Γ of the levels that are known.
  ///   - dataVariance: the data's variance a coordinate; 1 in standard units.
  package init(averages: [NoiseLevel: Double] = [:], dataVariance: Double = 1) {
    self.averages = averages
    self.dataVariance = dataVariance
  }

  /// The sampler with each Γ averaged over the forward process.
  /// - Parameter data: many clean points, which are noised once a level.
  /// - Complexity: one evaluation of all the data a level.
  package init(
    estimatedBy denoiser: any Denoiser, on data: PointCloud, along grid: TimeGrid, noise: NoiseSource
  ) {
    precondition(data.count > 0, "an average over no points")
    var averages: [NoiseLevel: Double] = [:]
    for (i, level) in grid.levels.enumerated() where level.noise > 0 {
      let noisy = level.noisy(data, noise: noise.at(step: i))
      averages[level] = Self.average(denoiser.predictedNoise(noisy, at: level))
    }
    let mean = data.points.reduce(.zero, +) / Double(data.count)
    let total = data.points.reduce(0) { $0 + (($1 - mean) * ($1 - mean)).sum() }
    self.init(averages: averages, dataVariance: total / Double(2 * data.count))
  }

  /// 1, in the law of the samples.
  package var order: Int { 1 }
  /// 1.
  package var evaluationsPerStep: Int { 1 }
  /// Yes.
  package var addsNoise: Bool { true }

  /// x_s = A·x_t + B·x̂₀ + √v*·ζ.
  package mutating func step(
    _ x: inout PointCloud, from: NoiseLevel, to: NoiseLevel, using denoiser: any Denoiser,
    noise: NoiseSource
  ) {
    let posterior = ReversePosterior(from: from, to: to)
    let clean = denoiser.denoise(x, at: from)
    var epsilon = clean
    for i in 0..<x.count { epsilon[i] = (x[i] - from.signal * clean[i]) / from.noise }
    let gamma = averages[from] ?? Self.average(epsilon)
    let deviation = variance(posterior, from: from, gamma: gamma).squareRoot()
    for i in 0..<x.count { x[i] = posterior.mean(noisy: x[i], clean: clean[i]) }
    x.add(noise, deviation: deviation)
  }

  /// v* with the average posterior variance clipped to what data of this variance can have.
  private func variance(_ posterior: ReversePosterior, from: NoiseLevel, gamma: Double) -> Double {
    // Without signal σ is infinite, and the posterior is the data.
    let error = from.signal > 0 ? from.sigma * from.sigma * max(0, 1 - gamma) : dataVariance
    let b = posterior.cleanCoefficient
    return posterior.variance + b * b * min(dataVariance, error)
  }

  private static func average(_ epsilon: PointCloud) -> Double {
    epsilon.points.reduce(0) { $0 + ($1 * $1).sum() } / Double(2 * max(1, epsilon.count))
  }
}

extension AnalyticDPM {
  /// `analytic-dpm`.
  package static let kind = SamplerKind(
    "analytic-dpm", "ancestral, optimal variance a step", "Bao et al. 2022a", steps: 50
  ) { _ in AnalyticDPM() }
}

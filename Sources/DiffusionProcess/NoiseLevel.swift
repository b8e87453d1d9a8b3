import PointClouds
import RealModule

/// How noisy a point is: x_t = signal · x₀ + noise · ε with ε ~ N(0, I).  Equations (1.1)
///
/// Every diffusion process is a path through these pairs, so a denoiser or a sampler that takes noise levels serves
/// them all.
public struct NoiseLevel: Sendable, Hashable {
  /// The coefficient a of the clean point.
  public let signal: Double
  /// The standard deviation s of the noise.
  public let noise: Double

  /// - Precondition: both are finite and at least 0, and one of them is positive.
  public init(signal: Double, noise: Double) {
    precondition(
      signal >= 0 && noise >= 0 && signal + noise > 0 && (signal + noise).isFinite,
      "no noise level has signal \(signal) and noise \(noise)")
    self.signal = signal
    self.noise = noise
  }

  /// The data: signal 1 and noise 0.
  public static let clean = NoiseLevel(signal: 1, noise: 0)

  /// The variance-preserving level with noise-to-signal ratio `sigma`.  Equations (3.11)
  package init(variancePreserving sigma: Double) {
    let norm = (1 + sigma * sigma).squareRoot()
    self.init(signal: 1 / norm, noise: sigma / norm)
  }

  /// The noise-to-signal ratio σ = s / a; infinite without signal.
  public var sigma: Double { noise / signal }

  /// The signal-to-noise ratio a² / s²; infinite without noise.
  public var snr: Double { (signal / noise) * (signal / noise) }

  /// λ = log(a / s), half the logarithm of ``snr``.
  public var halfLogSNR: Double { Double.log(signal) - Double.log(noise) }

  /// ᾱ = a²: in a variance-preserving process the share of the variance that is signal.
  public var alphaBar: Double { signal * signal }

  /// a·x₀ + s·ε, the noisy point of a clean point and its noise.  Equations (1.1)
  public func noisy(_ clean: SIMD2<Double>, _ epsilon: SIMD2<Double>) -> SIMD2<Double> {
    signal * clean + noise * epsilon
  }

  /// A draw from q(x_t | x₀) for every point of a cloud, each with its own noise.  Equations (1.1)
  public func noisy(_ cloud: PointCloud, noise source: NoiseSource) -> PointCloud {
    let epsilon = source.normalCloud(count: cloud.count)
    var result = cloud
    for i in 0..<cloud.count { result[i] = noisy(cloud[i], epsilon[i]) }
    return result
  }
}

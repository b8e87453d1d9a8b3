import DiffusionProcess
import PointClouds
import RealModule

/// The network's inputs: the noise level as sines and cosines, the point, and its Fourier features, which fade as
/// the noise grows.
///
/// The level enters as λ = log(a / s) alone and the point as x / √(a² + s²), so one network serves every
/// process (Equations 1.2), and signal 0 is no singularity.
struct InputFeatures: Sendable {
  let architecture: NetworkArchitecture

  /// λ is clamped to this range, which every schedule's levels lie in except pure data and pure noise.
  static let lambdaRange = -12.0...12.0
  /// The periods in λ of the slowest and the fastest wave: twice the range, and about the span over which
  /// the best denoiser of a toy set changes.
  static let periods = (longest: 48.0, shortest: 1.0)
  /// The period of the slowest Fourier feature of the standardized point, beyond the span of the data.
  static let slowestFourierPeriod = 8.0

  /// The noise level's features: cosines, then sines, of λ with geometrically spaced periods.
  func embedding(of level: NoiseLevel) -> [Float] {
    let lambda = Self.lambda(of: level)
    let waves = architecture.noiseFeatures / 2
    let ratio = Self.periods.longest / Self.periods.shortest
    var features = [Float](repeating: 0, count: 2 * waves)
    for k in 0..<waves {
      let share = waves == 1 ? 0 : Double(k) / Double(waves - 1)
      // The C library's exp may differ in its last bit between machines; rounding to 2⁻²⁰ hides that.
      let frequency = (Double.exp(share * Double.log(ratio)) * 0x1p20).rounded() * 0x1p-20
      let (sine, cosine) = PortableMath.sineCosine(turns: lambda * frequency / Self.periods.longest)
      features[k] = Float(cosine)
      features[waves + k] = Float(sine)
    }
    return features
  }

  /// log(a / s), clamped; by the project's own logarithm, so that training has the same bits everywhere.
  private static func lambda(of level: NoiseLevel) -> Double {
    if level.signal < 0x1p-100 { return lambdaRange.lowerBound }
    if level.noise < 0x1p-100 { return lambdaRange.upperBound }
    let lambda = PortableMath.log(level.signal) - PortableMath.log(level.noise)
    return min(max(lambda, lambdaRange.lowerBound), lambdaRange.upperBound)
  }

  /// The amplitude of the waves of each octave at a level, for a normalized point x̃ = a·x₀ + s·ε.
  ///
  /// E[sin 2πf·x̃ | x₀] = exp(−(2πf·s)²/2) · sin 2πf·a·x₀: that share of a wave carries information about the
  /// data and the rest is noise, so that share is its amplitude. At full amplitude, fast waves cost more at high noise
  /// than they gain at low noise.
  func fourierAmplitudes(at level: NoiseLevel) -> [Float] {
    let noise = level.normalized.level.noise
    return (0..<architecture.fourierFeatures).map { octave in
      let phase = 2 * Double.pi * Double(fourierFrequency(octave: octave)) * noise
      let exponent = phase * phase / 2
      return exponent > 17 ? 0 : Float(PortableMath.exp(-exponent))  // below the rounding of the other inputs
    }
  }

  /// Turns per unit of the Fourier feature of each octave: ⅛, ¼, ½, …
  func fourierFrequency(octave: Int) -> Float {
    Float(1 << octave) / Float(Self.slowestFourierPeriod)
  }

  /// The frequencies of all octaves.
  var octaves: [Float] { (0..<architecture.fourierFeatures).map { fourierFrequency(octave: $0) } }
}

extension NoiseLevel {
  /// The level divided by √(a² + s²): the variance-preserving level with the same ratio.  Equations (1.2)
  var normalized: (level: NoiseLevel, norm: Double) {
    let norm = (signal * signal + noise * noise).squareRoot()
    return (NoiseLevel(signal: signal / norm, noise: noise / norm), norm)
  }
}

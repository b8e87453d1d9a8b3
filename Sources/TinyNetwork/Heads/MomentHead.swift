import DiffusionProcess
import PointClouds

/// The moments of x₀ | x_t from four outputs of a network.
///
/// Let r = (x₀ − x̂₀) / s be the error of the mean in units of the noise at a² + s² = 1. Outputs 0 and 1 are log E[r²]
/// of each coordinate, outputs 2 and 3 the skewness E[r³] / E[r²]^{3/2}. All are of size 1 at every level, and zeros
/// are right for data that are N(0, I). Since r is v̂ − v, the moments of v are the same except for the sign of the
/// third.
struct MomentHead {
  /// The number of outputs.
  static let outputs = 4

  /// s of the level with a² + s² = 1.
  let noise: Double

  init(at level: NoiseLevel) {
    noise = level.normalized.level.noise
  }

  /// E[r²] of each coordinate. Logarithms are clamped to ±100, so that a diverging network gives absurd numbers instead
  /// of a crash.
  static func variance(_ raw: SIMD4<Double>) -> SIMD2<Double> {
    func exp(_ x: Double) -> Double { x.isNaN ? x : PortableMath.exp(min(max(x, -100), 100)) }
    return SIMD2(exp(raw.x), exp(raw.y))
  }

  /// The moments of x₀ | x_t for these outputs and this mean.
  func moments(mean: SIMD2<Double>, _ raw: SIMD4<Double>) -> ElementwiseMoments {
    let variance = Self.variance(raw)
    let third = SIMD2(raw.z, raw.w) * variance * variance.squareRoot()
    return ElementwiseMoments(mean: .zero, variance: variance, third: third)
      .scaled(by: noise, plus: mean)
  }
}

extension NetworkDenoiser: MomentDenoiser {
  /// Whether the network was trained to predict moments.
  package var knowsMoments: Bool { head.variance == .moments }

  /// The moments of x₀ | x_t that the network predicts for every point.
  ///
  /// The variance was trained on the errors of the network's own mean and includes them.
  /// - Precondition: ``knowsMoments``.
  /// - Complexity: one evaluation of the network.
  package func moments(_ noisy: PointCloud, at level: NoiseLevel) -> [ElementwiseMoments] {
    precondition(knowsMoments, "a network with the variance \(head.variance.rawValue) predicts no moments")
    let (clean, raw) = evaluate(noisy, at: level)
    let head = MomentHead(at: level)
    return zip(clean.points, raw).map { head.moments(mean: $0, $1) }
  }
}

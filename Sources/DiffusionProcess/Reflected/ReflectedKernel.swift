import PointClouds
import RealModule

/// The density K_σ(x | y) of reflected Brownian motion on [0, 1] started at y: a Gaussian step of standard deviation σ,
/// folded.
///
/// Equations (7.22)–(7.24); Lou and Ermon 2023 (arXiv:2304.04740). It is the heat kernel of an interval with
/// reflecting ends at time σ²/2, and has two exact series: over eigenfunctions cos kπx, short if σ is large, and over
/// the mirror images of y, short if σ is small. Images are summed relative to the nearest, so that the score is
/// accurate however small K is.
package struct ReflectedKernel: Sendable, Hashable {
  /// The standard deviation of the step before folding, in units of the interval.
  package let sigma: Double

  /// The σ from which on eigenfunctions are summed; below it, images.
  package static let eigenfunctionsFrom = 0.5

  /// Terms below e⁻⁴⁰ = 4·10⁻¹⁸ of the largest are left out.
  private static let smallestExponent = -40.0

  /// - Precondition: σ is positive and finite.
  package init(sigma: Double) {
    precondition(sigma > 0 && sigma.isFinite, "a reflected kernel of σ = \(sigma)")
    self.sigma = sigma
  }

  /// K_σ(x | y), the density at x.
  /// - Parameters: both in 0...1.
  package func density(_ x: Double, given y: Double) -> Double {
    let k = scaled(x, given: y)
    return Double.exp(k.exponent) * k.value
  }

  /// log K_σ(x | y), finite however far x is from y.
  package func logDensity(_ x: Double, given y: Double) -> Double {
    let k = scaled(x, given: y)
    return k.exponent + Double.log(k.value)
  }

  /// ∂ log K_σ(x | y) / ∂x, which is 0 at both ends.  Equations (7.24)
  package func score(_ x: Double, given y: Double) -> Double {
    let k = scaled(x, given: y)
    return k.slope / k.value
  }

  /// K = e^exponent · value and ∂K/∂x = e^exponent · slope, with a value that neither overflows nor vanishes.
  struct Scaled {
    let exponent, value, slope: Double
  }

  func scaled(_ x: Double, given y: Double) -> Scaled {
    sigma < Self.eigenfunctionsFrom ? images(x, given: y) : eigenfunctions(x, given: y)
  }

  /// Σ φ_σ(x − y + 2m) + φ_σ(x + y + 2m).  Equations (7.23)
  ///
  /// Below σ = 0.55 images beyond m = −3...3 contribute less than e⁻⁴⁰ of the nearest.
  func images(_ x: Double, given y: Double) -> Scaled {
    let factor = -0.5 / (sigma * sigma)
    var nearest = Double.infinity
    for m in -3...3 {
      let (same, mirrored) = Self.distances(x, y, image: m)
      nearest = min(nearest, same * same, mirrored * mirrored)
    }
    var value = 0.0
    var slope = 0.0
    func add(_ distance: Double) {
      let exponent = factor * (distance * distance - nearest)
      guard exponent > Self.smallestExponent else { return }
      let weight = PortableMath.exp(exponent)
      value += weight
      slope -= weight * distance
    }
    for m in -3...3 {
      let (same, mirrored) = Self.distances(x, y, image: m)
      add(same)
      add(mirrored)
    }
    let norm = 1 / (sigma * (2 * Double.pi).squareRoot())
    return Scaled(
      exponent: factor * nearest, value: norm * value, slope: norm * slope / (sigma * sigma))
  }

  private static func distances(_ x: Double, _ y: Double, image m: Int) -> (Double, Double) {
    let shift = 2 * Double(m)
    return (x - y + shift, x + y + shift)
  }

  /// 1 + 2 Σ e^(−k²π²σ²/2) cos kπx cos kπy.  Equations (7.22)
  func eigenfunctions(_ x: Double, given y: Double) -> Scaled {
    let rate = 0.5 * (Double.pi * sigma) * (Double.pi * sigma)
    let (sine, cosine) = PortableMath.sineCosine(turns: x / 2)
    let startCosine = PortableMath.sineCosine(turns: y / 2).cosine
    // sin kπx, cos kπx and cos kπy, and those of k − 1, by f_(k+1) = 2·cos θ·f_k − f_(k−1).
    var now = SIMD4(sine, cosine, startCosine, 0)
    var before = SIMD4(0.0, 1, 1, 0)
    let twice = 2 * SIMD4(cosine, cosine, startCosine, 0)
    var value = 1.0
    var slope = 0.0
    var k = 1.0
    // The first term stays however small, because the score is 0 without it.
    while k * k * rate <= 700 && (k == 1 || (k * k - 1) * rate < -Self.smallestExponent) {
      let weight = 2 * PortableMath.exp(-k * k * rate)
      value += weight * now.y * now.z
      slope -= weight * k * .pi * now.x * now.z
      (before, now) = (now, twice * now - before)
      k += 1
    }
    return Scaled(exponent: 0, value: value, slope: slope)
  }
}

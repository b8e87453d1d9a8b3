/// Elementary functions with the same bits on every machine.
///
/// The functions of the C library differ in the last place between systems and even between processors. These use
/// only additions, multiplications, divisions and square roots, which IEEE 754 rounds the same everywhere. Noise
/// and data sets use them.
package enum PortableMath {
  /// The natural logarithm, within 2 units in the last place.
  /// - Parameter x: positive, finite and normal.
  package static func log(_ x: Double) -> Double {
    precondition(x >= 0x1p-1022 && x.isFinite, "log of \(x)")
    return logarithm(SIMD2(x.significand, 1), exponent: SIMD2(Double(x.exponent), 0))[0]
  }

  /// The natural logarithms of m · 2^k, with the significands m in [1, 2).
  static func log(_ significand: SIMD8<Double>, exponent: SIMD8<Double>) -> SIMD8<Double> {
    logarithm(significand, exponent: exponent)
  }

  @inline(__always)
  private static func logarithm<V: SIMD<Double>>(_ significand: V, exponent: V) -> V {
    // With m in [√½, √2), log m = 2·artanh(f), f = (m − 1) / (m + 1), |f| < 0.172.
    let isLarge = significand .> 1.414_213_562_373_095_1
    let m = significand.replacing(with: significand * 0.5, where: isLarge)
    let exponent = exponent.replacing(with: exponent + 1, where: isLarge)
    let f = (m - 1) / (m + 1)
    let square = f * f
    var series = V.zero  // Σ f²ⁿ / (2n + 1), n = 1...11; the next term is below 2⁻⁶³
    let terms: [Double] = [
      1 / 23, 1 / 21, 1 / 19, 1 / 17, 1 / 15, 1 / 13, 1 / 11, 1 / 9, 1 / 7, 1 / 5, 1 / 3,
    ]
    for term in terms { series = (series + term) * square }
    // ln 2 in two parts: the product of the first with any exponent is exact.
    return exponent * 0x1.62e42fee00000p-1
      + (2 * f + (2 * f * series + exponent * 0x1.a39ef35793c76p-33))
  }

  /// e to the power `x`, within 2 units in the last place.
  /// - Parameter x: in −700...700.
  package static func exp(_ x: Double) -> Double {
    precondition(x.magnitude <= 700, "exp of \(x)")
    // x = k · ln 2 + r with |r| ≤ ln 2 / 2; ln 2 in two parts as in log.
    let k = (x * 1.442_695_040_888_963_4).rounded(.toNearestOrEven)
    let r = (x - k * 0x1.62e42fee00000p-1) - k * 0x1.a39ef35793c76p-33
    var series = 0.0  // e^r − 1 by Horner's rule; the first term left out is below 2⁻⁶⁰
    for n in (1...15).reversed() { series = (1 + series) * (r / Double(n)) }
    return Double(sign: .plus, exponent: Int(k), significand: 1 + series)
  }

  /// The cube root, within 2 units in the last place; 0 for subnormal numbers.
  /// - Returns: `x` itself if it is NaN or infinite.
  package static func cubeRoot(_ x: Double) -> Double {
    guard x.isFinite else { return x }
    let size = x.magnitude
    guard size >= 0x1p-1022 else { return 0 }
    var root = exp(log(size) / 3)
    root -= (root - size / (root * root)) / 3  // Newton: the relative error is squared
    return x < 0 ? -root : root
  }

  /// The sine and the cosine of `turns` full turns, within 1e-15.
  /// - Parameter turns: at most 2⁴⁰ in magnitude. Multiples of an eighth are reduced exactly.
  package static func sineCosine(turns: Double) -> (sine: Double, cosine: Double) {
    precondition(turns.magnitude <= 0x1p40, "the sine of \(turns) turns")
    let quarters = (turns * 4).rounded(.toNearestOrEven)
    let x = (turns - quarters * 0.25) * 6.283_185_307_179_586_5  // |x| ≤ π / 4
    let (sines, cosines) = series(SIMD2(x, 0))
    let (s, c) = (sines[0], cosines[0])
    switch Int(quarters) & 3 {
    case 0: return (s, c)
    case 1: return (c, -s)
    case 2: return (-s, -c)
    default: return (-c, s)
    }
  }

  /// The sines and the cosines of `x`, in radians, within ±π / 4.
  static func sineCosine(_ x: SIMD8<Double>) -> (sine: SIMD8<Double>, cosine: SIMD8<Double>) { series(x) }

  @inline(__always)
  private static func series<V: SIMD<Double>>(_ x: V) -> (sine: V, cosine: V) {
    let square = x * x
    // Taylor series; the first terms left out are below 2⁻⁶⁰.
    var sine = V.zero
    for n in [19.0, 17, 15, 13, 11, 9, 7, 5, 3] { sine = (1 + sine) * (-square / (n * (n - 1))) }
    var cosine = V.zero
    for n in [20.0, 18, 16, 14, 12, 10, 8, 6, 4, 2] { cosine = (1 + cosine) * (-square / (n * (n - 1))) }
    return (x + x * sine, 1 + cosine)
  }

  /// The point of the unit circle after `turns` full turns from (1, 0), counterclockwise.
  package static func direction(turns: Double) -> SIMD2<Double> {
    let (sine, cosine) = sineCosine(turns: turns)
    return SIMD2(cosine, sine)
  }
}

import RealModule

/// A sum of products of kernels with its gradient, relative to its largest term, so that it neither overflows nor
/// becomes 0/0.
struct KernelSum {
  private var exponent = -Double.infinity
  private var value = 0.0
  private var gradient = SIMD2<Double>.zero

  /// Adds weight · K(x) · K(y).
  mutating func add(_ x: ReflectedKernel.Scaled, _ y: ReflectedKernel.Scaled, weight: Double = 1) {
    let added = x.exponent + y.exponent
    if added > exponent {
      let scale = Double.exp(exponent - added)
      value *= scale
      gradient *= scale
      exponent = added
    }
    let relative = added - exponent
    guard relative > -40 else { return }  // below 4e-18 of the largest
    let scale = weight * Double.exp(relative)
    value += scale * x.value * y.value
    gradient += scale * SIMD2(x.slope * y.value, x.value * y.slope)
  }

  var log: Double { exponent + Double.log(value) }

  /// The gradient of ``log``.
  var score: SIMD2<Double> { gradient / value }
}

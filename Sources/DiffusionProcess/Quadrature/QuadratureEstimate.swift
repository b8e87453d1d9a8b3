/// Four numeric integrals with an error estimate of each.
package struct QuadratureEstimate: Sendable, Hashable {
  package let values: SIMD4<Double>
  /// The estimated error of each, for a smooth integrand no less than the true one; 0 for a closed form.
  package let errors: SIMD4<Double>
  /// The number of evaluations of the integrand.
  package let evaluations: Int

  package init(values: SIMD4<Double>, errors: SIMD4<Double> = .zero, evaluations: Int = 0) {
    self.values = values
    self.errors = errors
    self.evaluations = evaluations
  }
}

extension SIMD4<Double> {
  /// The magnitude of each number.
  var magnitudes: SIMD4<Double> { replacing(with: -self, where: self .< .zero) }
}

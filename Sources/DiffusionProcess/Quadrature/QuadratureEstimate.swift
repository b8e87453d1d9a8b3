/// Four integrals by a numeric rule, with an estimate of how wrong each is.
package struct QuadratureEstimate: Sendable, Hashable {
  /// The integrals.
  package let values: SIMD4<Double>
  /// An estimate of the error of each, on the safe side of the true one for a smooth integrand; 0 where the integral
  /// is known in closed form.
  package let errors: SIMD4<Double>
  /// How often the integrand was evaluated.
  package let evaluations: Int

  /// The integrals with these errors.
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

import DiffusionProcess

extension PredictionTable {
  /// What a network should predict for a clean point and its noise.
  package func target(clean: SIMD2<Double>, epsilon: SIMD2<Double>, at level: NoiseLevel) -> SIMD2<Double> {
    let c = coefficients(at: level)
    return c.clean * clean + c.noise * epsilon
  }

  /// x₀ as `noisy` · x_t + `output` · prediction.  Equations (5.1), the table
  package func cleanCoefficients(at level: NoiseLevel) -> (noisy: Double, output: Double) {
    solve(coefficients(at: level), at: level)
  }
}

extension Prediction {
  /// What a network should predict for a clean point and its noise, where that depends on the level alone.
  package func target(clean: SIMD2<Double>, epsilon: SIMD2<Double>, at level: NoiseLevel) -> SIMD2<Double> {
    let c = coefficients(at: level)
    return c.clean * clean + c.noise * epsilon
  }

  /// x₀ as `noisy` · x_t + `output` · prediction, where that depends on the level alone.
  package func cleanCoefficients(at level: NoiseLevel) -> (noisy: Double, output: Double) {
    solve(coefficients(at: level), at: level)
  }
}

/// Solves x_t = a·x₀ + s·ε and prediction = c·x₀ + e·ε for x₀.
private func solve(
  _ c: (clean: Double, noise: Double), at level: NoiseLevel
) -> (noisy: Double, output: Double) {
  let determinant = level.signal * c.noise - level.noise * c.clean
  precondition(determinant != 0, "the prediction does not determine x₀ at \(level)")
  return (c.noise / determinant, -level.noise / determinant)
}

/// What a network is asked to predict from x_t. Each is linear in (x₀, ε), so each converts to E[x₀ | x_t].
///
/// EQUATIONS (5.1); Ho et al. 2020 (ε), Salimans and Ho 2022 (v).
public enum Prediction: String, Sendable, Hashable, CaseIterable, Codable {
  /// The noise ε.
  case epsilon = "eps"
  /// The clean point x₀.
  case clean = "x0"
  /// v = a·ε − s·x₀.
  case v = "v"

  /// The prediction as `clean` · x₀ + `noise` · ε.
  public func coefficients(at level: NoiseLevel) -> (clean: Double, noise: Double) {
    switch self {
    case .epsilon: (0, 1)
    case .clean: (1, 0)
    case .v: (-level.noise, level.signal)
    }
  }

  /// What the network should say for a clean point and its noise.
  public func target(clean: SIMD2<Double>, epsilon: SIMD2<Double>, at level: NoiseLevel) -> SIMD2<Double> {
    let c = coefficients(at: level)
    return c.clean * clean + c.noise * epsilon
  }

  /// x₀ as `noisy` · x_t + `output` · prediction.  EQUATIONS section 5, the table of conversions
  ///
  /// Solves x_t = a·x₀ + s·ε and prediction = c·x₀ + e·ε for x₀.
  /// - Precondition: the prediction determines x₀ at this level (ε does not where the signal is 0).
  public func cleanCoefficients(at level: NoiseLevel) -> (noisy: Double, output: Double) {
    let c = coefficients(at: level)
    let determinant = level.signal * c.noise - level.noise * c.clean
    precondition(determinant != 0, "\(self) does not determine x₀ at \(level)")
    return (c.noise / determinant, -level.noise / determinant)
  }
}

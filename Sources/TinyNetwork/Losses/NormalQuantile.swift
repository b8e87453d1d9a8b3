import PointClouds

extension PortableMath {
  /// The number below which a standard normal lies with this probability, to 5e-9.
  ///
  /// The Taylor series of the distribution function and Newton's method, so that the bits are the same on every
  /// machine.
  /// - Parameter probability: in 0.0001...0.9999.
  static func normalQuantile(_ probability: Double) -> Double {
    precondition((0.0001...0.9999).contains(probability), "the quantile of \(probability)")
    // Φ(z) − ½ = φ(z)·(z + z³/3 + z⁵/(3·5) + …), whose terms are all of one sign.
    func distribution(_ z: Double) -> (value: Double, density: Double) {
      let density = exp(-z * z / 2) / 2.506_628_274_631_000_5
      var term = z
      var sum = z
      for n in stride(from: 3.0, through: 121.0, by: 2) {
        term *= z * z / n
        sum += term
      }
      return (0.5 + density * sum, density)
    }
    var z = 0.0
    for _ in 0..<40 {
      let (value, density) = distribution(z)
      // Newton's steps, none longer than ½: far out the density is too small to trust a long one.
      z += min(max((probability - value) / density, -0.5), 0.5)
    }
    return z
  }
}

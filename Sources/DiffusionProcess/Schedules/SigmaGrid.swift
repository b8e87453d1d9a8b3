import RealModule

/// Decreasing lists of noise-to-signal ratios σ = s/a for a chain to visit; sampling appends a final 0.
package enum SigmaGrid {
  /// σ_i evenly spaced in σ^(1/ρ).  Equations (3.8); Karras et al. 2022, eq. 5
  package static func karras(
    count: Int, sigmaMin: Double = 0.002, sigmaMax: Double = 80, rho: Double = 7
  ) -> [Double] {
    spaced(count, sigmaMin, sigmaMax) {
      Double.pow($0, 1 / rho)
    } inverse: {
      Double.pow($0, rho)
    }
  }

  /// σ_i evenly spaced in log σ.  Equations (3.9); Song and Ermon 2019
  package static func logLinear(count: Int, sigmaMin: Double, sigmaMax: Double) -> [Double] {
    spaced(count, sigmaMin, sigmaMax) {
      Double.log($0)
    } inverse: {
      Double.exp($0)
    }
  }

  private static func spaced(
    _ count: Int, _ low: Double, _ high: Double, _ map: (Double) -> Double, inverse: (Double) -> Double
  ) -> [Double] {
    precondition(count >= 1 && low > 0 && high > low, "\(count) ratios from \(low) to \(high)")
    guard count > 1 else { return [high] }
    let (top, bottom) = (map(high), map(low))
    return (0..<count).map { inverse(top + Double($0) / Double(count - 1) * (bottom - top)) }
  }
}

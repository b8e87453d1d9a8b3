import DiffusionProcess
import PointClouds

extension TrainingLoss {
  /// The simple loss, and with it variance and skewness of x₀ | x_t: what ``GaussianMixtureSolver`` samples from.
  /// Guo et al. 2023 (arXiv:2311.00941)
  package static let gms = TrainingLoss(
    "gms", "simple, with variance and skewness of each coordinate beside the mean, Guo et al. 2023",
    needs: Needs(.moments)
  ) { MomentObjective("gms", $0) }
}

/// The simple loss of the mean, and beside it the moments of its error r = (x₀ − x̂₀)/s in each coordinate.
///
/// To ½‖target − o‖² come, summed over the coordinates and weighted, ½(r²/E + log E), whose minimum is E = E[r²],
/// and ½(z³ − γ)² with z = r/√E, whose minimum is the skewness. The mean takes no gradient from either, nor the
/// variance from the last.
package struct MomentObjective: TrainingObjective {
  package let name: String
  package let levels: [NoiseLevel]
  package let outputs: Int
  /// The weights of the terms of variance and skewness beside the simple loss.
  package let varianceWeight, skewnessWeight: Double
  private let simple: WeightedObjective
  private let rows: [Row]

  private struct Row: Sendable {
    /// r = clean · x₀ + noise · ε + output · o.
    let clean, noise, output: Double
    /// The weight of a draw of the level.
    let factor: Double
  }

  /// The largest z whose cube counts. A normal number is beyond it once in 500 million draws; what is beyond in a
  /// skewed law makes its skewness larger than any pair of Gaussians has.
  static let largestError = 6.0

  /// The objective of a head with moments.
  package init(
    _ name: String, _ head: NetworkHead, varianceWeight: Double = 0.1, skewnessWeight: Double = 0.01
  ) {
    precondition(head.variance == .moments, "the variance \(head.variance.rawValue) has no moments")
    self.name = name
    self.varianceWeight = varianceWeight
    self.skewnessWeight = skewnessWeight
    outputs = head.outputs
    simple = WeightedObjective(simple: head, name: name)
    levels = simple.levels
    let draw = simple.draw
    rows = zip(levels, draw.positions).map { level, position in
      let reading = head.reading(at: level)
      let (a, s) = (reading.level.signal, reading.level.noise)
      let x = reading.clean
      return Row(
        clean: (1 - x.noisy * a) / s, noise: -x.noisy, output: -x.output / s, factor: draw.factors[position])
    }
  }

  package func loss(
    of output: Span<Float>, for example: TrainingExample, gradient: inout MutableSpan<Float>
  ) -> Float {
    let ofMean = simple.predictionLoss(of: output, for: example, gradient: &gradient)
    let row = rows[example.level]
    let r =
      row.clean * SIMD2<Double>(example.clean) + row.noise * SIMD2<Double>(example.noise)
      + row.output * SIMD2(Double(output[0]), Double(output[1]))
    var total = 0.0
    for j in 0..<2 {
      let logVariance = Double(output[2 + j])
      let (ofVariance, byVariance, z) = Self.varianceTerm(r[j], logVariance: logVariance)
      let (ofSkewness, bySkewness) = Self.skewnessTerm(z, skewness: Double(output[4 + j]))
      total += varianceWeight * ofVariance + skewnessWeight * ofSkewness
      gradient[2 + j] = Float(row.factor * varianceWeight * byVariance)
      gradient[4 + j] = Float(row.factor * skewnessWeight * bySkewness)
    }
    return ofMean + Float(row.factor * total)
  }

  /// ½(r²/E + log E), its derivative by log E, and the standardized error r/√E.
  static func varianceTerm(
    _ r: Double, logVariance: Double
  ) -> (loss: Double, derivative: Double, standardized: Double) {
    let root = PortableMath.exp(-0.5 * min(max(logVariance, -100), 100))
    let z = r * root
    return (0.5 * (z * z + logVariance), 0.5 * (1 - z * z), z)
  }

  /// ½(z³ − γ)² and its derivative by γ.
  static func skewnessTerm(_ z: Double, skewness: Double) -> (loss: Double, derivative: Double) {
    let z = min(max(z, -largestError), largestError)
    let error = skewness - z * z * z
    return (0.5 * error * error, error)
  }
}

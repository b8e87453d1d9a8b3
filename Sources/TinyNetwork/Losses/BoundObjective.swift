import DiffusionProcess
import PointClouds

/// The variational bound of the head's chain, alone or added to another loss.
///
/// T · L_{t−1} in nats at the drawn t, so that the mean over t is the bound but for its constant term L_T. Terms in
/// which errors weigh much are drawn more often and count less, as in ``WeightedObjective``. Where
/// the denoiser does not ask the network for x₀ (``OutputReading/isLinear``), the mean has no gradient.
package struct BoundObjective: TrainingObjective {
  package let name: String
  package let levels: [NoiseLevel]
  package let outputs: Int
  package let gradientScale: Double
  /// The loss that trains the mean, if it is not the bound.
  private let simple: WeightedObjective?
  private let variance: ReverseVariance
  private let rows: [Row]

  private struct Row: Sendable {
    /// The weight of the term: T, divided by how much more often than evenly it is drawn.
    let weight: Double
    /// x₀ − x̂₀ = clean · x₀ + noise · ε + output · o.
    let clean, noise, output: Double
    /// B of the posterior, and its variance.
    let coefficient, posteriorVariance: Double
    let variances: StepVariances
    let isLast: Bool
  }

  /// The bound of the head's chain.
  /// - Parameters:
  ///   - simple: trains the mean instead of the bound, which then trains the variance alone.
  ///   - boundWeight: the factor of the bound beside it.
  package init(
    _ name: String, _ head: NetworkHead, simple: WeightedObjective? = nil, boundWeight: Double = 1
  ) {
    self.name = name
    self.simple = simple
    variance = head.variance
    outputs = head.outputs
    let steps = Array(head.schedule.reverseSteps().reversed())
    let readings = steps.map { head.reading(at: $0.from) }
    // The weight of a squared error of the outputs, where that of the simple loss is 1.
    let unit = zip(steps, readings).map { step, reading in
      let factor = step.posterior.cleanCoefficient * reading.clean.output
      return 2 * factor * factor / (step.variances.transition + step.variances.posterior)
    }
    gradientScale = simple == nil ? max(1, boundWeight * unit.reduce(0, +)) : 1
    let draw = simple?.draw ?? LevelDraw(unit)
    levels = draw.positions.map { steps[$0].from }
    let rows = steps.indices.map { k in
      let (step, reading) = (steps[k], readings[k])
      let (a, s) = (reading.level.signal, reading.level.noise)
      let x = reading.clean
      return Row(
        weight: boundWeight * Double(steps.count) * draw.factors[k], clean: 1 - x.noisy * a,
        noise: -x.noisy * s, output: -x.output,
        coefficient: step.posterior.cleanCoefficient, posteriorVariance: step.posterior.variance,
        variances: step.variances, isLast: step.end == 0)
    }
    self.rows = draw.positions.map { rows[$0] }
  }

  package func loss(
    of output: Span<Float>, for example: TrainingExample, gradient: inout MutableSpan<Float>
  ) -> Float {
    let row = rows[example.level]
    let (clean, noise) = (SIMD2<Double>(example.clean), SIMD2<Double>(example.noise))
    let prediction = SIMD2(Double(output[0]), Double(output[1]))
    let raw = SIMD3(
      outputs > 2 ? Double(output[2]) : 0, outputs > 3 ? Double(output[3]) : 0,
      outputs > 4 ? Double(output[4]) : 0)
    let factor = self.factor(raw, row.variances)
    let offset = row.coefficient * (row.clean * clean + row.noise * noise + row.output * prediction)
    let step =
      row.isLast
      ? StepLoss.negativeLogLikelihood(offset: offset, factor: factor)
      : StepLoss.divergence(offset: offset, variance: row.posteriorVariance, factor: factor)
    let weight = row.weight
    if let head = variance.head {
      let byRaw = head.pullback(step.factorGradient, factor: factor, row.variances)
      for i in 0..<head.outputs { gradient[2 + i] = Float(weight * byRaw[i]) }
    }
    if let simple {
      return simple.predictionLoss(of: output, for: example, gradient: &gradient) + Float(weight * step.value)
    }
    // The mean is B·x̂₀ and more, and x̂₀ has −row.output of the outputs.
    let byOutput = -weight * row.coefficient * row.output * step.meanGradient
    gradient[0] = Float(byOutput.x)
    gradient[1] = Float(byOutput.y)
    return Float(weight * step.value)
  }

  private func factor(_ raw: SIMD3<Double>, _ variances: StepVariances) -> LowerTriangle {
    variance.head?.factor(raw, variances)
      ?? LowerTriangle(
        isotropic: variance == .posterior ? variances.posterior : variances.transition)
  }
}

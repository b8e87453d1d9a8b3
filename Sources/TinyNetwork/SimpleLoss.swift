import DiffusionProcess

/// The simple loss ½‖target − output‖², the mean over both coordinates, with every step equally likely.
/// EQUATIONS (6.1); Ho et al. 2020, eq. 14.
///
/// The target is ε, x₀ or v. Inputs are normalized (EQUATIONS 1.2), so v is that of the variance-preserving
/// level with the same ratio.
public struct SimpleLoss: TrainingObjective {
  /// What the network says.
  public let prediction: Prediction
  /// The levels of steps 1...T.
  public let levels: [NoiseLevel]
  /// target = clean · x₀ + noise · ε at each level.
  private let coefficients: [(clean: Float, noise: Float)]

  /// The simple loss of this prediction over the steps of a schedule.
  public init(_ prediction: Prediction, schedule: DiscreteSchedule) {
    self.prediction = prediction
    levels = (1...schedule.steps).map { schedule.level(step: $0) }
    coefficients = levels.map {
      let c = prediction.coefficients(at: $0.normalized.level)
      return (Float(c.clean), Float(c.noise))
    }
  }

  public var name: String { "simple" }
  public var outputs: Int { 2 }

  public func loss(
    of output: Span<Float>, for example: TrainingExample, gradient: inout MutableSpan<Float>
  ) -> Float {
    let c = coefficients[example.level]
    let error = SIMD2(output[0], output[1]) - (c.clean * example.clean + c.noise * example.noise)
    gradient[0] = error.x
    gradient[1] = error.y
    return 0.5 * (error * error).sum()
  }
}

import CTileKernels

extension Optimizer {
  /// Adam with decoupled weight decay, by a kernel that reads every number once.
  /// Loshchilov and Hutter 2019 (arXiv:1711.05101), algorithm 2
  public static let adamW = Optimizer(
    "adamw", "Adam with decoupled weight decay, Loshchilov and Hutter 2019", learningRate: 4e-3,
    // Makes no difference that could be measured here; kept for data sets of a few dozen points.
    weightDecay: 1e-2, moments: adamMoments, update: stepByAdam)

  /// The running means of each gradient (β₁) and of its square (β₂).
  static let adamMoments = [
    Moment(name: "first_moment", decay: 0.9), Moment(name: "second_moment", decay: 0.999, isSquare: true),
  ]

  /// θ ← (1 − ηλ)·θ − η·m̂ / (√v̂ + ε), where m̂ and v̂ are the means without their bias towards 0.
  static func stepByAdam(_ parameters: ParameterRows, _ step: OptimizerStep) {
    let scalars = ctk_adamw_step(
      gradient_scale: step.gradientScale, first_moment_rate: Float(1 - adamMoments[0].decay),
      second_moment_rate: Float(1 - adamMoments[1].decay), rate: Float(step.rate / (1 - step.powers[0])),
      second_moment_scale: Float(1 / (1 - step.powers[1]).squareRoot()), epsilon: 1e-8,
      shrink: step.shrink, average_rate: step.averageRate)
    parameters.kernels.adamw(
      ctk_adamw_rows(
        rows: parameters.rows, width: parameters.width, stride: parameters.stride,
        gradient: parameters.gradient, weights: parameters.weights, first_moment: parameters.moment(0),
        second_moment: parameters.moment(1), average: parameters.average),
      scalars)
  }
}

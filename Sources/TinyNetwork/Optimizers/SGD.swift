extension Optimizer {
  /// Stochastic gradient descent with momentum: a heavy ball that rolls down the loss.
  /// Polyak 1964; Sutskever et al. 2013, *On the importance of initialization and momentum in deep learning*
  public static let sgd = sgd("sgd", "gradient descent with momentum 0.9, Polyak 1964")

  /// The heavy ball that takes its gradient where its momentum alone would carry it.
  /// Nesterov 1983; Sutskever et al. 2013, with the place that looks ahead as the weights
  public static let sgdNesterov = sgd(
    "sgd-nesterov", "gradient descent with Nesterov's momentum 0.9, Nesterov 1983", nesterov: true)

  /// v ← μ·v + g, then θ ← (1 − ηλ)·θ − η·v, or with Nesterov's momentum − η·(g + μ·v).
  ///
  /// Gradients count in the size that they have in the simple loss, so that one learning rate suits every loss.
  static func sgd(
    _ name: String, _ summary: String, momentum: Double = 0.9, nesterov: Bool = false
  ) -> Optimizer {
    Optimizer(
      name, summary,
      // 3000 steps on swissroll and ring8 leave 0.93 and 1.09 noise floors; 0.1 leaves 1.25 and 1.10, 1 leaves 0.87
      // and 1.09, and 2 fails, so that 1 has nothing to spare.
      learningRate: 0.3, moments: [Moment(name: "velocity", decay: momentum)]
    ) { parameters, step in
      let velocity = parameters.moment(0)
      let (rate, momentum) = (Float(step.rate), Float(momentum))
      let scale = Float(1 / step.lossScale)
      parameters.update(step) { i, weight, gradient in
        let gradient = gradient * scale
        velocity[i] = momentum * velocity[i] + gradient
        let direction = nesterov ? gradient + momentum * velocity[i] : velocity[i]
        return weight * step.shrink - rate * direction
      }
    }
  }
}

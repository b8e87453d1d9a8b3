import CTileKernels

/// Some rows of a layer's weights or biases, with everything that the optimizer reads and writes of them.
struct ParameterRows {
  let kernels: ctk_kernels
  let rows: Int
  /// Numbers in a row, padding included.
  let width: Int
  /// Floats from row to row.
  let stride: Int
  let gradient: UnsafePointer<Float>
  let weights: UnsafeMutablePointer<Float>
  /// The moving average of the weights.
  let average: UnsafeMutablePointer<Float>
  /// The first moment; the others follow at equal distances.
  let moments: UnsafeMutablePointer<Float>
  let momentDistance: Int

  /// One of the numbers that the optimizer keeps for every weight.
  func moment(_ index: Int) -> UnsafeMutablePointer<Float> { moments + index * momentDistance }

  /// Applies a rule in plain Swift to every weight, and moves the average.
  ///
  /// The rule gives 0 for a padded column, where everything is 0. Products and sums are rounded one by one, on
  /// every machine alike.
  /// - Parameter rule: the new weight at a place, where its moments are, too, from the old one and its gradient.
  @inline(__always)
  func update(
    _ step: OptimizerStep, rule: (_ place: Int, _ weight: Float, _ gradient: Float) -> Float
  ) {
    for row in 0..<rows {
      for place in row * stride..<row * stride + width {
        let weight = rule(place, weights[place], gradient[place] * step.gradientScale)
        weights[place] = weight
        average[place] += (weight - average[place]) * step.averageRate
      }
    }
  }
}

extension ParameterRows {
  /// Rows of a training run's parameters.
  init(_ buffers: TrainingBuffers, _ layout: ParameterLayout, first: Int, rows: Int, kernels: ctk_kernels) {
    let at = first * layout.stride
    self.init(
      kernels: kernels, rows: rows, width: layout.width, stride: layout.stride,
      gradient: buffers.gradient + at, weights: buffers.weights + at, average: buffers.average + at,
      moments: buffers.moments + at, momentDistance: layout.count)
  }
}

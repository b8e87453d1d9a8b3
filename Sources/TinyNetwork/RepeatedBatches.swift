import CTileKernels

/// The first batches of a source, drawn once and repeated, to time a step without the drawing of its batch.
struct RepeatedBatches {
  private let inputs: [Float]
  private let examples: [TrainingExample]
  private let batch: Int
  private let count: Int

  /// Draws `count` batches.
  init(_ source: BatchSource, count: Int, layout: ParameterLayout, kernels: ctk_kernels) {
    precondition(count >= 1, "\(count) batches to repeat")
    let buffers = TrainingBuffers(layout: layout, batch: source.batch, slices: 1)
    var inputs: [Float] = []
    var examples: [TrainingExample] = []
    for step in 0..<count {
      source.fill(0..<source.batch, step: step, buffers: buffers, layout: layout, kernels: kernels)
      inputs += UnsafeBufferPointer(start: buffers.inputs, count: source.batch * layout.inputStride)
      examples += UnsafeBufferPointer(start: buffers.examples, count: source.batch)
    }
    self.inputs = inputs
    self.examples = examples
    self.count = count
    batch = source.batch
  }

  /// Copies rows of the batch of a step.
  func fill(_ rows: Range<Int>, step: Int, buffers: TrainingBuffers, layout: ParameterLayout) {
    let from = step % count * batch + rows.lowerBound
    let stride = layout.inputStride
    inputs.withUnsafeBufferPointer {
      guard let base = $0.baseAddress else { return }
      (buffers.inputs + rows.lowerBound * stride).update(
        from: base + from * stride, count: rows.count * stride)
    }
    examples.withUnsafeBufferPointer {
      guard let base = $0.baseAddress else { return }
      (buffers.examples + rows.lowerBound).update(from: base + from, count: rows.count)
    }
  }
}

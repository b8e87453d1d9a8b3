import CTileKernels

/// Where the kernels keep the weights: one matrix whose rows are the rows of every layer, one after another.
///
/// Each hidden layer is its weight rows (one per input) and its bias row; the head is its transposed weights
/// (one row per output) and its bias row. Columns are padded to a multiple of 32 with zeros, which stay zero
/// through training, and the distance between rows is 16 floats more, so that rows do not collide in the
/// cache.
struct ParameterLayout: Sendable {
  let architecture: NetworkArchitecture
  /// Hidden units with their padding.
  let width: Int
  /// Floats from row to row.
  let stride: Int
  /// Floats from row to row of the network's inputs.
  let inputStride: Int

  init(_ architecture: NetworkArchitecture) {
    self.architecture = architecture
    let multiple = Int(CTK_WIDTH_MULTIPLE)
    width = (architecture.width + multiple - 1) / multiple * multiple
    stride = width + 16
    inputStride = (architecture.inputs + 15) / 16 * 16
  }

  /// The index of the head among the layers.
  var head: Int { architecture.blocks + 1 }
  /// Weight rows of a hidden layer.
  func inputs(of layer: Int) -> Int { layer == 0 ? architecture.inputs : width }
  /// The first row of a layer.
  func row(of layer: Int) -> Int {
    layer == 0 ? 0 : architecture.inputs + 1 + (layer - 1) * (width + 1)
  }
  /// The bias row of a layer.
  func biasRow(of layer: Int) -> Int {
    row(of: layer) + (layer == head ? architecture.outputs : inputs(of: layer))
  }
  /// The weight rows of a layer, from one of its inputs on.
  func weights(of layer: Int, from input: Int = 0, in memory: UnsafePointer<Float>) -> ctk_input {
    ctk_input(at: memory + (row(of: layer) + input) * stride, stride: stride)
  }
  /// The biases of a layer.
  func bias(of layer: Int, in memory: UnsafePointer<Float>) -> UnsafePointer<Float> {
    memory + biasRow(of: layer) * stride
  }
  /// All rows.
  var rows: Int { biasRow(of: head) + 1 }
  /// All floats.
  var count: Int { rows * stride }

  /// Floats of the transposed weights of all residual layers, one matrix after another.
  var transposedCount: Int { architecture.blocks * width * stride }
  /// Where the transposed weights of a residual layer begin.
  func transposedPlace(of layer: Int) -> Int { (layer - 1) * width * stride }

  /// Writes the transposed weights of all residual layers into memory of ``transposedCount`` floats.
  func transpose(
    _ weights: UnsafePointer<Float>, into memory: UnsafeMutablePointer<Float>, kernels: ctk_kernels
  ) {
    for layer in 1..<head {
      kernels.transpose(
        width, self.weights(of: layer, in: weights),
        ctk_output(at: memory + transposedPlace(of: layer), stride: stride))
    }
  }

  /// Writes weights into zeroed memory of ``count`` floats.
  func store(_ weights: NetworkWeights, into memory: UnsafeMutablePointer<Float>) {
    for (l, layer) in weights.layers.enumerated() {
      for i in 0..<layer.inputs {
        for o in 0..<layer.outputs { memory[place(l, i, o)] = layer.weight[i * layer.outputs + o] }
      }
      for o in 0..<layer.outputs { memory[biasRow(of: l) * stride + o] = layer.bias[o] }
    }
  }

  /// Reads weights from memory of ``count`` floats.
  func load(_ memory: UnsafePointer<Float>) -> NetworkWeights {
    var weights = NetworkWeights(zeros: architecture)
    for l in 0..<weights.layers.count {
      let outputs = weights.layers[l].outputs
      for i in 0..<weights.layers[l].inputs {
        for o in 0..<outputs { weights.layers[l].weight[i * outputs + o] = memory[place(l, i, o)] }
      }
      for o in 0..<outputs { weights.layers[l].bias[o] = memory[biasRow(of: l) * stride + o] }
    }
    return weights
  }

  private func place(_ layer: Int, _ input: Int, _ output: Int) -> Int {
    layer == head
      ? (row(of: layer) + output) * stride + input : (row(of: layer) + input) * stride + output
  }
}

extension ctk_input {
  /// What was written, to read.
  init(_ written: ctk_output) { self.init(at: written.at, stride: written.stride) }
}

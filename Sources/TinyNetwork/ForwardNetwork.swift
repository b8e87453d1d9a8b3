import CTileKernels
import DiffusionProcess

/// Weights in the kernels' layout, to be evaluated on many points at one noise level.
struct ForwardNetwork: Sendable {
  private let layout: ParameterLayout
  private let features: InputFeatures
  /// The weights as vectors of 16, because arrays of those are aligned to cache lines.
  private let memory: [SIMD16<Float>]

  /// Points of one task.
  private static let rowsPerTask = 48

  init(_ weights: NetworkWeights) {
    let layout = ParameterLayout(weights.architecture)
    self.layout = layout
    features = InputFeatures(architecture: weights.architecture)
    var memory = [SIMD16<Float>](repeating: .zero, count: layout.count / 16)
    memory.withUnsafeMutableBytes { bytes in
      guard let floats = bytes.bindMemory(to: Float.self).baseAddress else { return }
      layout.store(weights, into: floats)
    }
    self.memory = memory
  }

  /// Runs the network on `count` normalized points at one level.
  /// - Parameters:
  ///   - input: the normalized point at an index.
  ///   - output: takes what the network says of the point at an index, from several threads at once.
  func evaluate(
    _ count: Int, at level: NoiseLevel, threads: Int, input: (Int) -> SIMD2<Float>,
    output: (Int, UnsafePointer<Float>) -> Void
  ) {
    let embedding = features.embedding(of: level)
    let octaves = (0..<features.architecture.fourierFeatures).map { features.fourierFrequency(octave: $0) }
    let tasks = (count + Self.rowsPerTask - 1) / Self.rowsPerTask
    ThreadTeam.run(threads: min(tasks, threads), phases: 1, counts: [tasks]) { _, task in
      let first = task * Self.rowsPerTask
      let rows = min(Self.rowsPerTask, count - first)
      withScratch(octaves: octaves.count) { scratch in
        for row in 0..<rows {
          let inputs = scratch.inputs + row * layout.inputStride
          for i in 0..<embedding.count { inputs[i] = embedding[i] }
          let point = input(first + row)
          inputs[embedding.count] = point.x
          inputs[embedding.count + 1] = point.y
        }
        if !octaves.isEmpty {
          FourierFeatures.write(
            rows: rows, inputs: scratch.inputs, stride: layout.inputStride, after: embedding.count,
            frequencies: octaves, turns: scratch.turns, sines: scratch.sines, cosines: scratch.cosines,
            kernels: ctk_best().pointee)
        }
        forward(rows, scratch)
        for row in 0..<rows {
          output(first + row, UnsafePointer(scratch.outputs) + row * features.architecture.outputs)
        }
      }
    }
  }

  private func forward(_ rows: Int, _ scratch: Scratch) {
    let kernels = ctk_best().pointee
    let stride = layout.stride
    var here = scratch.hidden.0
    var next = scratch.hidden.1
    memory.withUnsafeBytes { bytes in
      guard let weights = bytes.assumingMemoryBound(to: Float.self).baseAddress else { return }
      for layer in 0..<layout.head {
        kernels.forward(
          rows, layout.inputs(of: layer), layout.width, layer == 0 ? scratch.inputs : here,
          layer == 0 ? layout.inputStride : stride, weights + layout.row(of: layer) * stride, stride,
          weights + layout.biasRow(of: layer) * stride, next, stride, nil, 0, layer == 0 ? 0 : 1)
        swap(&here, &next)
      }
      let outputs = features.architecture.outputs
      kernels.head_forward(
        rows, layout.width, outputs, here, stride, weights + layout.row(of: layout.head) * stride, stride,
        weights + layout.biasRow(of: layout.head) * stride, scratch.outputs, outputs)
    }
  }

  /// The memory of one task.
  private struct Scratch {
    let inputs, outputs, turns, sines, cosines: UnsafeMutablePointer<Float>
    let hidden: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>)
  }

  private func withScratch(octaves: Int, _ body: (Scratch) -> Void) {
    let rows = Self.rowsPerTask
    let waves = 2 * octaves * rows
    // Multiples of 16 floats each, so that all start at a cache line.
    let sizes = [
      rows * layout.inputStride, rows * layout.stride, rows * layout.stride,
      rows * features.architecture.outputs, waves, waves, waves,
    ]
    let bytes = sizes.reduce(0, +) * MemoryLayout<Float>.stride
    withUnsafeTemporaryAllocation(byteCount: bytes, alignment: 64) { memory in
      guard var next = memory.bindMemory(to: Float.self).baseAddress else { return }
      next.initialize(repeating: 0, count: sizes.reduce(0, +))
      let places = sizes.map { size in
        defer { next += size }
        return next
      }
      body(
        Scratch(
          inputs: places[0], outputs: places[3], turns: places[4], sines: places[5], cosines: places[6],
          hidden: (places[1], places[2])))
    }
  }
}

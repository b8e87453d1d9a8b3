import CTileKernels
import DiffusionProcess
import Parallelism

/// Weights in the kernels' layout, to be evaluated on many points at one noise level.
struct ForwardNetwork: Sendable {
  let layout: ParameterLayout
  let features: InputFeatures
  /// The weights as vectors of 16, because arrays of those are aligned to cache lines.
  let memory: [SIMD16<Float>]

  /// Points of one task.
  static let rowsPerTask = 96

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
  ///   - output: takes the network's outputs for the point at an index, from several threads at once.
  func evaluate(
    _ count: Int, at level: NoiseLevel, threads: Int, input: (Int) -> SIMD2<Float>,
    output: (Int, UnsafePointer<Float>) -> Void
  ) {
    let shared = shared(at: level)
    let tasks = (count + Self.rowsPerTask - 1) / Self.rowsPerTask
    ThreadTeam.run(threads: min(tasks, threads), phases: 1, counts: [tasks]) { _, task in
      let first = task * Self.rowsPerTask
      let rows = min(Self.rowsPerTask, count - first)
      withScratch(octaves: shared.octaves.count) { scratch in
        fill(scratch, rows, shared) { input(first + $0) }
        forward(rows, scratch, shared)
        for row in 0..<rows {
          output(first + row, UnsafePointer(scratch.outputs) + row * features.architecture.outputs)
        }
      }
    }
  }

  /// What all points of one noise level have in common.
  struct Shared {
    /// How many of the inputs encode the level; they come first.
    let embedded: Int
    /// The first layer's biases, with what those inputs add to them.
    let sums: [Float]
    let octaves, amplitudes: [Float]
  }

  /// What all points of a level have in common. The kernels' chains of sums begin with it, so that it is
  /// computed once and not for every point.
  func shared(at level: NoiseLevel) -> Shared {
    let embedding = features.embedding(of: level)
    var sums = [Float](repeating: 0, count: layout.width)
    memory.withUnsafeBytes { bytes in
      guard let weights = bytes.assumingMemoryBound(to: Float.self).baseAddress else { return }
      for i in 0..<layout.width { sums[i] = layout.bias(of: 0, in: weights)[i] }
      ctk_best().pointee.add_product(
        embedding.count, layout.width, embedding, layout.weights(of: 0, in: weights), &sums)
    }
    return Shared(
      embedded: embedding.count, sums: sums, octaves: features.octaves,
      amplitudes: features.fourierAmplitudes(at: level))
  }

  /// Writes the inputs that depend on each row's point, after the place of those that encode the level.
  func fill(_ scratch: Scratch, _ rows: Int, _ shared: Shared, input: (Int) -> SIMD2<Float>) {
    for row in 0..<rows {
      let inputs = scratch.inputs + row * layout.inputStride + shared.embedded
      let point = input(row)
      inputs[0] = point.x
      inputs[1] = point.y
    }
    if !shared.octaves.isEmpty {
      FourierFeatures.write(
        rows: rows, inputs: scratch.inputs, stride: layout.inputStride, after: shared.embedded,
        frequencies: shared.octaves, turns: scratch.turns, sines: scratch.sines, cosines: scratch.cosines,
        kernels: ctk_best().pointee
      ) { _, octave in shared.amplitudes[octave] }
    }
  }

  /// Runs all layers.
  /// - Parameter slopes: room for the slopes of each hidden layer, `slopeRows` rows of the layout's stride
  ///   each; `nil` if they are not wanted.
  func forward(
    _ rows: Int, _ scratch: Scratch, _ shared: Shared, slopes: UnsafeMutablePointer<Float>? = nil,
    slopeRows: Int = 0
  ) {
    let kernels = ctk_best().pointee
    let stride = layout.stride
    var here = ctk_output(at: scratch.hidden.0, stride: stride)
    var next = ctk_output(at: scratch.hidden.1, stride: stride)
    func slope(_ layer: Int) -> ctk_output {
      ctk_output(at: slopes.map { $0 + layer * slopeRows * stride }, stride: stride)
    }
    memory.withUnsafeBytes { bytes in
      guard let weights = bytes.assumingMemoryBound(to: Float.self).baseAddress else { return }
      shared.sums.withUnsafeBufferPointer { sums in
        kernels.forward(
          ctk_forward(
            rows: rows, depth: layout.inputs(of: 0) - shared.embedded, width: layout.width,
            x: ctk_input(at: scratch.inputs + shared.embedded, stride: layout.inputStride),
            w: layout.weights(of: 0, from: shared.embedded, in: weights), bias: sums.baseAddress, y: here,
            slope: slope(0), residual: 0))
      }
      for layer in 1..<layout.head {
        kernels.forward(
          ctk_forward(
            rows: rows, depth: layout.width, width: layout.width, x: ctk_input(here),
            w: layout.weights(of: layer, in: weights), bias: layout.bias(of: layer, in: weights), y: next,
            slope: slope(layer), residual: 1))
        swap(&here, &next)
      }
      let outputs = features.architecture.outputs
      kernels.head_forward(
        ctk_shape(rows: rows, depth: layout.width, outputs: outputs), ctk_input(here),
        layout.weights(of: layout.head, in: weights), layout.bias(of: layout.head, in: weights),
        ctk_output(at: scratch.outputs, stride: outputs))
    }
  }

  /// The memory of one task.
  struct Scratch {
    let inputs, outputs, turns, sines, cosines: UnsafeMutablePointer<Float>
    let hidden: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>)
  }

  func withScratch(octaves: Int, _ body: (Scratch) -> Void) {
    let rows = Self.rowsPerTask
    let waves = 2 * octaves * rows
    withTemporaryFloats([
      rows * layout.inputStride, rows * layout.stride, rows * layout.stride,
      rows * features.architecture.outputs, waves, waves, waves,
    ]) { places in
      body(
        Scratch(
          inputs: places[0], outputs: places[3], turns: places[4], sines: places[5], cosines: places[6],
          hidden: (places[1], places[2])))
    }
  }
}

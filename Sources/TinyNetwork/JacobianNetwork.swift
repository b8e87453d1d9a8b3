import CTileKernels
import DiffusionProcess
import Parallelism

/// A network with the exact derivative of its first two outputs by the point that it reads.
///
/// Two passes backwards through the kernels that train it, one per output, with the gradient taken on to the
/// inputs: three times the cost of an evaluation, and no step size to choose.
struct JacobianNetwork: Sendable {
  private let network: ForwardNetwork
  /// The transposed weights of the residual layers, one matrix after another.
  private let transposed: [SIMD16<Float>]

  private var layout: ParameterLayout { network.layout }

  init(_ network: ForwardNetwork) {
    self.network = network
    let layout = network.layout
    var transposed = [SIMD16<Float>](repeating: .zero, count: layout.transposedCount / 16)
    network.memory.withUnsafeBytes { weights in
      transposed.withUnsafeMutableBytes { transposed in
        guard let from = weights.assumingMemoryBound(to: Float.self).baseAddress,
          let to = transposed.assumingMemoryBound(to: Float.self).baseAddress
        else { return }
        layout.transpose(from, into: to, kernels: ctk_best().pointee)
      }
    }
    self.transposed = transposed
  }

  /// Runs the network on `count` normalized points at one level, as ``ForwardNetwork`` does, and gives with the
  /// outputs of each the gradients of the first two by the point.
  func evaluate(
    _ count: Int, at level: NoiseLevel, threads: Int, input: (Int) -> SIMD2<Float>,
    output: (Int, UnsafePointer<Float>, (SIMD2<Float>, SIMD2<Float>)) -> Void
  ) {
    let shared = network.shared(at: level)
    let outputs = layout.architecture.outputs
    let rowsPerTask = ForwardNetwork.rowsPerTask
    let tasks = (count + rowsPerTask - 1) / rowsPerTask
    ThreadTeam.run(threads: min(tasks, threads), phases: 1, counts: [tasks]) { _, task in
      let first = task * rowsPerTask
      let rows = min(rowsPerTask, count - first)
      network.withScratch(octaves: shared.octaves.count) { scratch in
        withBackwardScratch { back in
          network.fill(scratch, rows, shared) { input(first + $0) }
          network.forward(rows, scratch, shared, slopes: back.slopes, slopeRows: 2 * rowsPerTask)
          backward(rows, back)
          for row in 0..<rows {
            let values = UnsafePointer(scratch.outputs) + row * outputs
            let features = scratch.inputs + row * layout.inputStride + shared.embedded
            output(
              first + row, values,
              (
                pointGradient(back.inputs, row, features, shared.octaves),
                pointGradient(back.inputs, rows + row, features, shared.octaves)
              ))
          }
        }
      }
    }
  }

  /// From the slopes of `rows` points to the gradients of their first output, and in as many rows more of
  /// their second, by all that depends on the point.
  private func backward(_ rows: Int, _ back: Scratch) {
    let kernels = ctk_best().pointee
    let (stride, outputs) = (layout.stride, layout.architecture.outputs)
    func slope(_ layer: Int) -> ctk_output {
      ctk_output(at: back.slopes + layer * back.slopeSize, stride: stride)
    }
    for layer in 0..<layout.head {
      let slopes = back.slopes + layer * back.slopeSize
      (slopes + rows * stride).update(from: slopes, count: rows * stride)
    }
    back.outputs.initialize(repeating: 0, count: 2 * rows * outputs)
    for row in 0..<2 * rows { back.outputs[row * outputs + (row < rows ? 0 : 1)] = 1 }
    back.noBias.initialize(repeating: 0, count: pointInputs)
    network.memory.withUnsafeBytes { weights in
      transposed.withUnsafeBytes { transposed in
        guard let weights = weights.assumingMemoryBound(to: Float.self).baseAddress,
          let transposed = transposed.assumingMemoryBound(to: Float.self).baseAddress
        else { return }
        let hidden = ctk_output(at: back.hidden, stride: stride)
        kernels.head_backward(
          ctk_shape(rows: 2 * rows, depth: layout.width, outputs: outputs),
          ctk_input(at: back.outputs, stride: outputs), layout.weights(of: layout.head, in: weights), hidden,
          slope(layout.head - 1))
        for layer in (1..<layout.head).reversed() {
          kernels.backward(
            ctk_backward(
              rows: 2 * rows, width: layout.width, dz: ctk_input(slope(layer)),
              transposed: ctk_input(at: transposed + layout.transposedPlace(of: layer), stride: stride),
              dh: hidden, below: slope(layer - 1)))
        }
        // dz·Wᵀ of the first layer, for the inputs that depend on the point.
        kernels.head_forward(
          ctk_shape(rows: 2 * rows, depth: layout.width, outputs: pointInputs), ctk_input(slope(0)),
          layout.weights(of: 0, from: layout.architecture.noiseFeatures, in: weights), back.noBias,
          ctk_output(at: back.inputs, stride: pointInputs))
      }
    }
  }

  /// Inputs that depend on the point: itself and its Fourier features.
  private var pointInputs: Int { layout.architecture.inputs - layout.architecture.noiseFeatures }

  /// The gradient by the point from the gradients by its coordinates and by their sines and cosines.
  private func pointGradient(
    _ gradients: UnsafePointer<Float>, _ row: Int, _ features: UnsafePointer<Float>, _ octaves: [Float]
  ) -> SIMD2<Float> {
    let g = gradients + row * pointInputs
    var result = SIMD2(g[0], g[1])
    for (k, frequency) in octaves.enumerated() {
      for axis in 0..<2 {
        let at = 2 + 4 * k + 2 * axis  // the sine; the cosine follows
        result[axis] += 2 * .pi * frequency * (features[at + 1] * g[at] - features[at] * g[at + 1])
      }
    }
    return result
  }

  /// The memory of one task's backward pass; ``slopes`` has twice a task's rows for each hidden layer.
  private struct Scratch {
    let slopes, hidden, outputs, inputs, noBias: UnsafeMutablePointer<Float>
    let slopeSize: Int
  }

  private func withBackwardScratch(_ body: (Scratch) -> Void) {
    let rows = 2 * ForwardNetwork.rowsPerTask
    let slopeSize = rows * layout.stride
    withTemporaryFloats([
      layout.head * slopeSize, slopeSize, rows * layout.architecture.outputs, rows * pointInputs, pointInputs,
    ]) { places in
      body(
        Scratch(
          slopes: places[0], hidden: places[1], outputs: places[2], inputs: places[3], noBias: places[4],
          slopeSize: slopeSize))
    }
  }
}

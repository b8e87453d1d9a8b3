import CTileKernels
import DiffusionProcess
import PointClouds

/// E[x₀ | x_t] by a trained network, in standardized space.
///
/// The network runs in Float on x_t / √(a² + s²) at the level's λ, so it serves any process
/// (EQUATIONS 1.2); what it says becomes x₀ in Double. The same bits for any number of threads.
public struct NetworkDenoiser: Denoiser {
  /// What the network says.
  public let prediction: Prediction
  /// Where answers are clamped to, if anywhere: no posterior mean lies outside the hull of the data, but an
  /// error of ε at high noise, divided by a small signal, would throw it far out (EQUATIONS pitfalls 7, 12).
  public var support: DataBox?
  /// Threads; 0 for one a processor.
  public var threads: Int

  private let layout: ParameterLayout
  private let features: InputFeatures
  /// The weights in the kernels' layout; vectors of 16, because arrays of them are aligned to cache lines.
  private let memory: [SIMD16<Float>]

  /// Points of one task.
  private static let rowsPerTask = 48

  /// The network with these weights.
  /// - Precondition: the network has two outputs.
  public init(weights: NetworkWeights, prediction: Prediction, support: DataBox? = nil, threads: Int = 0) {
    precondition(weights.architecture.outputs == 2, "a plain denoiser has 2 outputs")
    self.prediction = prediction
    self.support = support
    self.threads = threads
    let layout = ParameterLayout(weights.architecture)
    self.layout = layout
    features = InputFeatures(architecture: weights.architecture)
    memory = [SIMD16<Float>](unsafeUninitializedCapacity: layout.count / 16) { buffer, count in
      buffer.initialize(repeating: .zero)
      count = layout.count / 16
      guard let base = buffer.baseAddress else { return }
      base.withMemoryRebound(to: Float.self, capacity: layout.count) { layout.store(weights, into: $0) }
    }
  }

  /// - Complexity: O(points × weights), spread over the threads.
  public func denoise(_ noisy: PointCloud, at level: NoiseLevel, into clean: inout PointCloud) {
    precondition(noisy.count == clean.count, "\(noisy.count) noisy points, room for \(clean.count)")
    let (normalized, norm) = level.normalized
    // Without noise the point itself is the answer; without signal ε says nothing and the mean of the data,
    // which is 0 in standard units, is.
    if normalized.noise == 0 || (normalized.signal == 0 && prediction == .epsilon) {
      let factor = normalized.noise == 0 ? 1 / norm : 0
      for i in 0..<noisy.count { clean[i] = noisy[i] * factor }
      return
    }
    let c = prediction.cleanCoefficients(at: normalized)
    let lower = support?.lower ?? SIMD2(repeating: -.infinity)
    let upper = support?.upper ?? SIMD2(repeating: .infinity)
    let embedding = features.embedding(of: level)
    let tasks = (noisy.count + Self.rowsPerTask - 1) / Self.rowsPerTask
    noisy.points.withUnsafeBufferPointer { noisy in
      clean.points.withUnsafeMutableBufferPointer { clean in
        ThreadTeam.run(threads: min(tasks, ThreadTeam.resolve(threads)), phases: 1, counts: [tasks]) {
          _, task in
          let first = task * Self.rowsPerTask
          let rows = first..<min(noisy.count, first + Self.rowsPerTask)
          evaluate(rows.count, embedding: embedding) {
            noisy[rows.lowerBound + $0] / norm
          } result: {
            i, output in
            let point = noisy[rows.lowerBound + i] / norm
            let answer = c.noisy * point + c.output * output
            clean[rows.lowerBound + i] = answer.clamped(lowerBound: lower, upperBound: upper)
          }
        }
      }
    }
  }

  /// Runs the network on at most ``rowsPerTask`` points.
  private func evaluate(
    _ rows: Int, embedding: [Float], point: (Int) -> SIMD2<Double>, result: (Int, SIMD2<Double>) -> Void
  ) {
    let kernels = ctk_best().pointee
    let stride = layout.stride
    let padded = Self.rowsPerTask
    let octaves = (0..<features.architecture.fourierFeatures).map { features.fourierFrequency(octave: $0) }
    let waves = 2 * octaves.count * padded
    let room = padded * (layout.inputStride + 2 * stride + 2) + 3 * waves
    withUnsafeTemporaryAllocation(byteCount: room * MemoryLayout<Float>.stride, alignment: 64) { scratch in
      let inputs = scratch.bindMemory(to: Float.self).baseAddress.unsafelyUnwrapped
      inputs.initialize(repeating: 0, count: room)
      var here = inputs + padded * layout.inputStride
      var next = here + padded * stride
      let outputs = next + padded * stride
      let turns = outputs + 2 * padded
      for row in 0..<rows {
        let input = inputs + row * layout.inputStride
        for i in 0..<embedding.count { input[i] = embedding[i] }
        let x = SIMD2<Float>(point(row))
        input[embedding.count] = x.x
        input[embedding.count + 1] = x.y
      }
      if !octaves.isEmpty {
        FourierFeatures.write(
          rows: rows, inputs: inputs, stride: layout.inputStride, after: embedding.count,
          frequencies: octaves, turns: turns, sines: turns + waves, cosines: turns + 2 * waves,
          kernels: kernels)
      }
      memory.withUnsafeBytes { bytes in
        let weights = bytes.assumingMemoryBound(to: Float.self).baseAddress.unsafelyUnwrapped
        for layer in 0..<layout.head {
          kernels.forward(
            rows, layout.inputs(of: layer), layout.width, layer == 0 ? inputs : here,
            layer == 0 ? layout.inputStride : stride, weights + layout.row(of: layer) * stride, stride,
            weights + layout.biasRow(of: layer) * stride, next, stride, nil, 0, layer == 0 ? 0 : 1)
          swap(&here, &next)
        }
        kernels.head_forward(
          rows, layout.width, 2, here, stride, weights + layout.row(of: layout.head) * stride, stride,
          weights + layout.biasRow(of: layout.head) * stride, outputs, 2)
      }
      for row in 0..<rows {
        result(row, SIMD2(Double(outputs[2 * row]), Double(outputs[2 * row + 1])))
      }
    }
  }
}

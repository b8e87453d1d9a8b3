import CTileKernels
import DiffusionProcess
import Parallelism

/// The three phases of a training step, as tasks that touch memory of their own only.
///
/// 1. Rows of the batch: draw the examples, forward, loss, back to every layer's dz.
/// 2. Slices of the weights: their gradient over the whole batch, and its squared norm.
/// 3. The same slices: the norm of all in a fixed order, clipping, the optimizer, the average.
///
/// No gradient is ever summed across threads, so the number of threads cannot show in a bit.
final class TrainingEngine {
  /// Some weight rows of one layer; a slice that ends its layer has the bias row too.
  struct Slice {
    let layer: Int
    let rows: Range<Int>
    let hasBias: Bool
  }

  /// Examples of one task of phase 1: some two tasks per thread, but small enough that the core's cache holds most of
  /// their layers; a multiple of a block of draws. Where optimal transport pairs the examples of a task, always as
  /// many.
  func rowsPerTask(threads: Int) -> Int {
    if source.coupling == .optimalTransport { return 48 }
    let block = Int(CTK_DRAW_MULTIPLE)
    return min(256, max(1, batch / (2 * threads * block)) * block)
  }
  /// Weight rows of one task.
  static let rowsPerSlice = 48

  let kernels: ctk_kernels
  let layout: ParameterLayout
  let batch: Int
  let slices: [Slice]
  let buffers: TrainingBuffers
  let objective: any TrainingObjective
  let source: BatchSource
  /// Batches made beforehand, where drawing them is not to be timed.
  private let repeated: RepeatedBatches?
  private var transposed: TransposedWeights
  let optimizer: Optimizer
  let clip: Double
  /// Whether the same few batches come over and over.
  var isRepeating: Bool { repeated != nil }

  init(
    architecture: NetworkArchitecture, batch: Int, objective: any TrainingObjective, points: [SIMD2<Float>],
    labels: [Int]? = nil, partners: [SIMD2<Float>]? = nil, seed: UInt64,
    optimizer: Optimizer = .adamW, clip: Double, repeating batches: Int? = nil,
    kernels: ctk_kernels = ctk_best().pointee
  ) {
    self.kernels = kernels
    layout = ParameterLayout(architecture)
    self.batch = batch
    self.objective = objective
    self.optimizer = optimizer
    self.clip = clip * objective.gradientScale
    let source = BatchSource(
      features: InputFeatures(architecture: architecture), levels: objective.levels, points: points,
      labels: labels, partners: partners, batch: batch, seed: seed, coupling: objective.coupling,
      corruption: objective.corruption)
    self.source = source
    repeated = batches.map { [layout] in
      RepeatedBatches(source, count: $0, layout: layout, kernels: kernels)
    }
    var slices: [Slice] = []
    for layer in (0..<layout.head).reversed() {
      let rows = layout.inputs(of: layer)
      for first in stride(from: 0, to: rows, by: Self.rowsPerSlice) {
        let end = min(rows, first + Self.rowsPerSlice)
        slices.append(Slice(layer: layer, rows: first..<end, hasBias: end == rows))
      }
    }
    slices.append(Slice(layer: layout.head, rows: 0..<architecture.outputs, hasBias: true))
    self.slices = slices
    transposed = TransposedWeights(layout: layout, threads: 1, kernels: kernels)
    buffers = TrainingBuffers(
      layout: layout, batch: batch, slices: slices.count, moments: optimizer.moments.count)
  }

  /// Puts weights in place, for training and as the first average.
  func start(_ weights: NetworkWeights) {
    layout.store(weights, into: buffers.weights)
    layout.store(weights, into: buffers.average)
  }

  /// Puts everything in place that earlier steps left behind.
  func start(_ weights: NetworkWeights, average: NetworkWeights, moments: [NetworkWeights]) {
    start(weights)
    layout.store(average, into: buffers.average)
    for (i, moment) in moments.enumerated() {
      layout.store(moment, into: buffers.moments + i * layout.count)
    }
  }

  /// What the optimizer keeps for every weight.
  var moments: [NetworkWeights] {
    optimizer.moments.indices.map { layout.load(buffers.moments + $0 * layout.count) }
  }

  /// Copies parameters from one buffer to another.
  func keep(_ from: UnsafeMutablePointer<Float>, as copy: UnsafeMutablePointer<Float>) {
    copy.update(from: from, count: layout.count)
  }

  /// Does `steps` steps, the first of which draws its batch by the number `first`. The scalars of each are in
  /// the buffers; so are, afterwards, the losses.
  func run(first: Int, steps: Int, threads: Int) {
    buffers.alive[0] = true
    if transposed.threads < threads {
      transposed = TransposedWeights(layout: layout, threads: threads, kernels: kernels)
    }
    transposed.forget()
    let rows = rowsPerTask(threads: threads)
    let tiles = (batch + rows - 1) / rows
    ThreadTeam.run(
      threads: threads, phases: 3 * steps, counts: [tiles, slices.count, slices.count]
    ) { phase, task, thread in
      let (step, part) = phase.quotientAndRemainder(dividingBy: 3)
      guard buffers.alive[step] else { return }
      switch part {
      case 0:
        transposed.update(thread: thread, step: step, weights: buffers.weights)
        forwardAndBack(
          task * rows, min(rows, batch - task * rows), step: first + step, thread: thread)
      case 1: gradient(task, step: step)
      default: update(task, step: step)
      }
    }
  }

  // MARK: Phase 1

  private func forwardAndBack(_ first: Int, _ rows: Int, step: Int, thread: Int) {
    if let repeated {
      repeated.fill(first..<first + rows, step: step, buffers: buffers, layout: layout)
    } else {
      source.fill(first..<first + rows, step: step, buffers: buffers, layout: layout, kernels: kernels)
    }
    forward(first, rows)
    losses(first, rows)
    backward(first, rows, thread: thread)
  }

  /// A matrix with a column for each hidden unit, from one of its rows on.
  private func matrix(_ memory: UnsafeMutablePointer<Float>, from row: Int) -> ctk_output {
    ctk_output(at: memory + row * layout.stride, stride: layout.stride)
  }

  /// What a layer reads, from an example on.
  private func input(of layer: Int, from first: Int) -> ctk_input {
    layer == 0
      ? ctk_input(at: buffers.inputs + first * layout.inputStride, stride: layout.inputStride)
      : ctk_input(matrix(buffers.hidden[layer - 1], from: first))
  }

  func forward(_ first: Int, _ rows: Int) {
    let b = buffers
    for layer in 0..<layout.head {
      kernels.forward(
        ctk_forward(
          rows: rows, depth: layout.inputs(of: layer), width: layout.width, x: input(of: layer, from: first),
          w: layout.weights(of: layer, in: b.weights), bias: layout.bias(of: layer, in: b.weights),
          y: matrix(b.hidden[layer], from: first), slope: matrix(b.slope[layer], from: first),
          residual: layer > 0 ? 1 : 0))
    }
    let outputs = layout.architecture.outputs
    kernels.head_forward(
      ctk_shape(rows: rows, depth: layout.width, outputs: outputs), input(of: layout.head, from: first),
      layout.weights(of: layout.head, in: b.weights), layout.bias(of: layout.head, in: b.weights),
      ctk_output(at: b.outputs + first * outputs, stride: outputs))
  }

  private func losses(_ first: Int, _ rows: Int) {
    let outputs = layout.architecture.outputs
    let mean = 1 / Float(batch)
    for row in first..<first + rows {
      let output = UnsafeBufferPointer(start: buffers.outputs + row * outputs, count: outputs)
      let gradient = UnsafeMutableBufferPointer(
        start: buffers.outputGradient + row * outputs, count: outputs)
      var span = gradient.mutableSpan
      buffers.exampleLoss[row] = objective.loss(
        of: output.span, for: buffers.examples[row], gradient: &span)
      for o in 0..<outputs { gradient[o] *= mean }
    }
  }

  func backward(_ first: Int, _ rows: Int, thread: Int) {
    let b = buffers
    let outputs = layout.architecture.outputs
    kernels.head_backward(
      ctk_shape(rows: rows, depth: layout.width, outputs: outputs),
      ctk_input(at: b.outputGradient + first * outputs, stride: outputs),
      layout.weights(of: layout.head, in: b.weights), matrix(b.back, from: first),
      matrix(b.slope[layout.head - 1], from: first))
    for layer in (1..<layout.head).reversed() {
      kernels.backward(
        ctk_backward(
          rows: rows, width: layout.width, dz: ctk_input(matrix(b.slope[layer], from: first)),
          transposed: ctk_input(at: transposed.of(layer: layer, thread: thread), stride: layout.stride),
          dh: matrix(b.back, from: first), below: matrix(b.slope[layer - 1], from: first)))
    }
  }

  // MARK: Phases 2 and 3

  func gradient(_ task: Int, step: Int) {
    let b = buffers
    let slice = slices[task]
    let top = layout.row(of: slice.layer)
    let g = matrix(b.gradient, from: top + slice.rows.lowerBound)
    let bias = b.gradient + layout.biasRow(of: slice.layer) * layout.stride
    let outputs = layout.architecture.outputs
    var x = input(of: slice.layer, from: 0)
    if slice.layer == layout.head {
      kernels.weight_gradient(
        batch, outputs, layout.width, ctk_input(at: b.outputGradient, stride: outputs), x, g)
      for o in 0..<outputs {
        bias[o] = (0..<batch).reduce(Float(0)) { $0 + b.outputGradient[$1 * outputs + o] }
      }
      b.stepLoss[step] = (0..<batch).reduce(0.0) { $0 + Double(b.exampleLoss[$1]) } / Double(batch)
    } else {
      let dz = ctk_input(matrix(b.slope[slice.layer], from: 0))
      x.at += slice.rows.lowerBound
      kernels.weight_gradient(batch, slice.rows.count, layout.width, x, dz, g)
      if slice.hasBias { kernels.bias_gradient(batch, layout.width, dz, bias) }
    }
    b.sliceNorm[task] = kernels.sum_of_squares(
      slice.rows.count + (slice.hasBias ? 1 : 0), layout.width, ctk_input(g))
  }

  private func update(_ task: Int, step: Int) {
    let b = buffers
    var square = 0.0
    for i in 0..<slices.count { square += b.sliceNorm[i] }  // the same sum in every task
    let finite = square.isFinite && b.stepLoss[step].isFinite
    if task == 0 { b.alive[step + 1] = finite }
    guard finite else { return }

    var next = b.steps[step]
    let norm = square.squareRoot()
    next.gradientScale = clip > 0 && norm > clip ? Float(clip / norm) : 1
    next.lossScale = objective.gradientScale
    let slice = slices[task]
    let top = layout.row(of: slice.layer)
    optimizer.update(parameters(top + slice.rows.lowerBound, rows: slice.rows.count), next)
    if slice.hasBias {
      next.weightDecay = 0
      optimizer.update(parameters(layout.biasRow(of: slice.layer), rows: 1), next)
    }
  }

  private func parameters(_ row: Int, rows: Int) -> ParameterRows {
    ParameterRows(buffers, layout, first: row, rows: rows, kernels: kernels)
  }
}

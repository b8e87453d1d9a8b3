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

  /// Examples of one task of phase 1: some two tasks a thread, but few enough that the core's cache holds most of
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

  func forward(_ first: Int, _ rows: Int) {
    let b = buffers
    let width = layout.width
    let stride = layout.stride
    let at = first * stride
    for layer in 0..<layout.head {
      let residual = layer > 0
      kernels.forward(
        rows, layout.inputs(of: layer), width,
        residual ? b.hidden[layer - 1] + at : b.inputs + first * layout.inputStride,
        residual ? stride : layout.inputStride, b.weights + layout.row(of: layer) * stride, stride,
        b.weights + layout.biasRow(of: layer) * stride, b.hidden[layer] + at, stride,
        b.slope[layer] + at, stride, residual ? 1 : 0)
    }
    let outputs = layout.architecture.outputs
    kernels.head_forward(
      rows, width, outputs, b.hidden[layout.head - 1] + at, stride,
      b.weights + layout.row(of: layout.head) * stride, stride,
      b.weights + layout.biasRow(of: layout.head) * stride, b.outputs + first * outputs, outputs)
  }

  private func losses(_ first: Int, _ rows: Int) {
    let outputs = layout.architecture.outputs
    let mean = 1 / Float(batch)
    for row in first..<first + rows {
      let said = UnsafeBufferPointer(start: buffers.outputs + row * outputs, count: outputs)
      let gradient = UnsafeMutableBufferPointer(
        start: buffers.outputGradient + row * outputs, count: outputs)
      var span = gradient.mutableSpan
      buffers.exampleLoss[row] = objective.loss(
        of: said.span, for: buffers.examples[row], gradient: &span)
      for o in 0..<outputs { gradient[o] *= mean }
    }
  }

  func backward(_ first: Int, _ rows: Int, thread: Int) {
    let b = buffers
    let stride = layout.stride
    let at = first * stride
    let outputs = layout.architecture.outputs
    kernels.head_backward(
      rows, layout.width, outputs, b.outputGradient + first * outputs, outputs,
      b.weights + layout.row(of: layout.head) * stride, stride, b.back + at, stride,
      b.slope[layout.head - 1] + at, stride)
    for layer in (1..<layout.head).reversed() {
      kernels.backward(
        rows, layout.width, b.slope[layer] + at, stride, transposed.of(layer: layer, thread: thread), stride,
        b.back + at, stride, b.slope[layer - 1] + at, stride)
    }
  }

  // MARK: Phases 2 and 3

  func gradient(_ task: Int, step: Int) {
    let b = buffers
    let slice = slices[task]
    let stride = layout.stride
    let top = layout.row(of: slice.layer)
    let g = b.gradient + (top + slice.rows.lowerBound) * stride
    let outputs = layout.architecture.outputs
    if slice.layer == layout.head {
      kernels.weight_gradient(
        batch, 0, outputs, layout.width, b.outputGradient, outputs, b.hidden[slice.layer - 1], stride, g,
        stride)
      let bias = b.gradient + layout.biasRow(of: slice.layer) * stride
      for o in 0..<outputs {
        bias[o] = (0..<batch).reduce(Float(0)) { $0 + b.outputGradient[$1 * outputs + o] }
      }
      b.stepLoss[step] = (0..<batch).reduce(0.0) { $0 + Double(b.exampleLoss[$1]) } / Double(batch)
    } else {
      let below = slice.layer == 0 ? b.inputs : b.hidden[slice.layer - 1]
      kernels.weight_gradient(
        batch, slice.rows.lowerBound, slice.rows.upperBound, layout.width, below,
        slice.layer == 0 ? layout.inputStride : stride, b.slope[slice.layer], stride, g, stride)
      if slice.hasBias {
        kernels.bias_gradient(
          batch, layout.width, b.slope[slice.layer], stride,
          b.gradient + layout.biasRow(of: slice.layer) * stride)
      }
    }
    b.sliceNorm[task] = kernels.sum_of_squares(
      slice.rows.count + (slice.hasBias ? 1 : 0), layout.width, g, stride)
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
    let at = row * layout.stride
    return ParameterRows(
      kernels: kernels, rows: rows, width: layout.width, stride: layout.stride,
      gradient: buffers.gradient + at, weights: buffers.weights + at, average: buffers.average + at,
      moments: buffers.moments + at, momentDistance: layout.count)
  }
}

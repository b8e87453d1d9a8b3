import CTileKernels

/// The memory of a training run, allocated once: nothing is allocated while it runs.
///
/// Every buffer is written by one task of a phase at a time, in places that belong to that task alone.
final class TrainingBuffers {
  typealias Floats = UnsafeMutablePointer<Float>

  /// Steps that one call of the team does.
  static let stepsPerCall = 64

  // The parameters and what the optimizer keeps for each, in the order of the layout.
  let weights: Floats
  let gradient: Floats
  /// One set after another.
  let moments: Floats
  let average: Floats
  /// Copies of the average at the start of this call and at the last good one.
  let candidate: Floats
  let kept: Floats

  // The batch, one row per example.
  let word0: UnsafeMutablePointer<UInt32>
  let word1: UnsafeMutablePointer<UInt32>
  let noiseX: Floats
  let noiseY: Floats
  let examples: UnsafeMutablePointer<TrainingExample>
  let inputs: Floats
  /// Each hidden layer's activations.
  let hidden: [Floats]
  /// Each hidden layer's slopes, which going back turns into the gradient by its sums.
  let slope: [Floats]
  /// The gradient by the activations, as it goes back.
  let back: Floats
  let outputs: Floats
  let outputGradient: Floats
  let exampleLoss: Floats
  let turns: Floats
  let sines: Floats
  let cosines: Floats

  // One number per slice of the weights, and one per step of a call.
  let sliceNorm: UnsafeMutablePointer<Double>
  let stepLoss: UnsafeMutablePointer<Double>
  let steps: UnsafeMutablePointer<OptimizerStep>
  /// Whether all losses before this step were finite; one entry more than steps.
  let alive: UnsafeMutablePointer<Bool>

  private let blocks: [UnsafeMutableRawPointer]

  init(layout: ParameterLayout, batch: Int, slices: Int, moments: Int = 0) {
    var blocks: [UnsafeMutableRawPointer] = []
    func zeros<T>(_ count: Int, of zero: T) -> UnsafeMutablePointer<T> {
      let memory = UnsafeMutableRawPointer.allocate(
        byteCount: max(1, count) * MemoryLayout<T>.stride, alignment: 64)
      blocks.append(memory)
      let typed = memory.bindMemory(to: T.self, capacity: count)
      typed.initialize(repeating: zero, count: count)
      return typed
    }
    func floats(_ count: Int) -> Floats { zeros(count, of: 0) }

    weights = floats(layout.count)
    gradient = floats(layout.count)
    self.moments = floats(moments * layout.count)
    average = floats(layout.count)
    candidate = floats(layout.count)
    kept = floats(layout.count)
    let layers = 0...layout.architecture.blocks

    let padded = (batch + Int(CTK_DRAW_MULTIPLE) - 1) / Int(CTK_DRAW_MULTIPLE) * Int(CTK_DRAW_MULTIPLE)
    word0 = zeros(padded, of: 0)
    word1 = zeros(padded, of: 0)
    noiseX = floats(padded)
    noiseY = floats(padded)
    examples = zeros(batch, of: TrainingExample(clean: .zero, noise: .zero, level: 0))
    inputs = floats(batch * layout.inputStride)
    hidden = layers.map { _ in floats(batch * layout.stride) }
    slope = layers.map { _ in floats(batch * layout.stride) }
    back = floats(batch * layout.stride)
    outputs = floats(batch * layout.architecture.outputs)
    outputGradient = floats(batch * layout.architecture.outputs)
    exampleLoss = floats(batch)
    let waves = 2 * layout.architecture.fourierFeatures * padded
    turns = floats(waves)
    sines = floats(waves)
    cosines = floats(waves)

    sliceNorm = zeros(slices, of: 0)
    stepLoss = zeros(Self.stepsPerCall, of: 0)
    steps = zeros(Self.stepsPerCall, of: OptimizerStep(rate: 0, averageRate: 0))
    alive = zeros(Self.stepsPerCall + 1, of: true)
    self.blocks = blocks
  }

  deinit {
    for block in blocks { block.deallocate() }
  }
}

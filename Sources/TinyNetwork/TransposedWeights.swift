import CTileKernels

/// The transposed weights of the residual layers, for going back: a copy for each thread of a team.
///
/// Every thread reads all weights in every step anyhow. To transpose them itself costs a thread less than to
/// fetch from another core's cache what that one has transposed.
final class TransposedWeights {
  /// How many threads have a copy.
  let threads: Int
  private let layout: ParameterLayout
  private let kernels: ctk_kernels
  private let memory: UnsafeMutablePointer<Float>
  /// The step whose weights a thread's copy has.
  private let step: UnsafeMutablePointer<Int>
  /// Floats of a layer, and numbers between two threads' steps, which so lie on different cache lines.
  private let layerSize: Int
  private static let spacing = 16

  init(layout: ParameterLayout, threads: Int, kernels: ctk_kernels) {
    self.layout = layout
    self.threads = threads
    self.kernels = kernels
    layerSize = layout.width * layout.stride
    memory = .allocate(capacity: threads * (layout.head - 1) * layerSize)
    step = .allocate(capacity: threads * Self.spacing)
    memory.initialize(repeating: 0, count: threads * (layout.head - 1) * layerSize)
    step.initialize(repeating: -1, count: threads * Self.spacing)
  }

  deinit {
    memory.deallocate()
    step.deallocate()
  }

  /// Says that the weights may have changed since the last step.
  func forget() {
    for thread in 0..<threads { step[thread * Self.spacing] = -1 }
  }

  /// Brings a thread's copy up to date, if it is not.
  /// - Parameter now: the number of the step, another one whenever the weights are others.
  func update(thread: Int, step now: Int, weights: UnsafePointer<Float>) {
    guard step[thread * Self.spacing] != now else { return }
    step[thread * Self.spacing] = now
    for layer in 1..<layout.head {
      kernels.transpose(
        0, layout.width, layout.width, weights + layout.row(of: layer) * layout.stride, layout.stride,
        memory + place(layer, thread), layout.stride)
    }
  }

  /// A thread's copy of a residual layer, rows of the layout's stride.
  func of(layer: Int, thread: Int) -> UnsafePointer<Float> { UnsafePointer(memory + place(layer, thread)) }

  private func place(_ layer: Int, _ thread: Int) -> Int {
    (thread * (layout.head - 1) + layer - 1) * layerSize
  }
}

import CTileKernels

/// The transposed weights of the residual layers, for the backward pass: a copy for each thread of a team.
///
/// Every thread reads all weights in every step anyway. Transposing them itself costs a thread less than fetching
/// the transposed ones from another core's cache.
final class TransposedWeights {
  /// The threads that have a copy.
  let threads: Int
  private let layout: ParameterLayout
  private let kernels: ctk_kernels
  private let memory: UnsafeMutableRawPointer
  /// The step whose weights a thread's copy has, each on a cache line of its own.
  private let step: UnsafeMutablePointer<Int>
  private static let spacing = 16

  init(layout: ParameterLayout, threads: Int, kernels: ctk_kernels) {
    self.layout = layout
    self.threads = threads
    self.kernels = kernels
    let floats = threads * layout.transposedCount
    memory = .allocate(byteCount: floats * MemoryLayout<Float>.stride, alignment: 64)
    memory.bindMemory(to: Float.self, capacity: floats).initialize(repeating: 0, count: floats)
    step = .allocate(capacity: threads * Self.spacing)
    step.initialize(repeating: -1, count: threads * Self.spacing)
  }

  deinit {
    memory.deallocate()
    step.deallocate()
  }

  /// Marks every copy as out of date.
  func forget() {
    for thread in 0..<threads { step[thread * Self.spacing] = -1 }
  }

  /// Brings a thread's copy up to date.
  /// - Parameter now: the number of the step, another one whenever the weights are others.
  func update(thread: Int, step now: Int, weights: UnsafePointer<Float>) {
    guard step[thread * Self.spacing] != now else { return }
    step[thread * Self.spacing] = now
    layout.transpose(weights, into: copy(of: thread), kernels: kernels)
  }

  /// A thread's copy of a residual layer, rows of the layout's stride.
  func of(layer: Int, thread: Int) -> UnsafePointer<Float> {
    UnsafePointer(copy(of: thread) + layout.transposedPlace(of: layer))
  }

  private func copy(of thread: Int) -> UnsafeMutablePointer<Float> {
    memory.assumingMemoryBound(to: Float.self) + thread * layout.transposedCount
  }
}

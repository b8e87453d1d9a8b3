/// Calls a function with uninitialized memory: room for each of these counts of numbers, each at the start of a cache
/// line. Little memory is on the stack.
func withTemporaryFloats(_ sizes: [Int], _ body: ([UnsafeMutablePointer<Float>]) -> Void) {
  let sizes = sizes.map { ($0 + 15) / 16 * 16 }  // 16 floats are a cache line
  let count = sizes.reduce(0, +)
  withUnsafeTemporaryAllocation(byteCount: count * MemoryLayout<Float>.stride, alignment: 64) { memory in
    guard var next = memory.bindMemory(to: Float.self).baseAddress else { return }
    body(
      sizes.map { size in
        defer { next += size }
        return next
      })
  }
}

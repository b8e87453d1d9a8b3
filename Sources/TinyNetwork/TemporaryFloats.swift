/// Memory for the time of a call, with nothing in it yet: room for as many numbers as each of the sizes says, each place
/// at the start of a cache line. On the stack where it is little.
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

import CTileKernels
import Parallelism

extension ThreadTeam {
  /// The instruction set of the kernels, and whether it gives the bits that all others with fused
  /// multiply-add give.
  package static var instructionSet: (name: String, sameBitsEverywhere: Bool) {
    let kernels = ctk_best().pointee
    return (String(cString: kernels.name), kernels.fused != 0)
  }

  /// Does `count` times a million floating-point operations, as multiply–adds in registers, on each of `threads`
  /// threads: the limit of this processor.
  /// - Parameter threads: 0 for one per processor.
  package static func multiplyAdd(megaflops count: Int, threads: Int) {
    precondition(count > 0, "\(count) million operations")
    let kernels = ctk_best().pointee
    let threads = resolve(threads)
    let rounds = 1_000_000 / (2 * kernels.multiply_adds_per_round) + 1
    // Several tasks per thread, so that a late thread takes fewer.
    run(threads: threads, phases: 1, counts: [8 * threads]) { _, _ in
      let total = kernels.multiply_adds(count * rounds / 8 + 1, 0.5)
      precondition(total.isFinite, "x ← x / 2 + 1 / 2 led to \(total)")  // keeps the work from being left out
    }
  }
}

import CThreadTeam

/// The cores of this machine and how work is spread over them.
package enum ThreadTeam {
  /// How many processors are online.
  package static var processors: Int { ctt_processors() }

  /// `threads`, or all processors where it is 0.
  package static func resolve(_ threads: Int) -> Int {
    precondition(threads >= 0, "\(threads) threads")
    return threads == 0 ? processors : threads
  }

  /// Runs `body(phase, task)` for every task: phase p has `counts[p % counts.count]` of them, which run at the
  /// same time; the next phase starts when all are done. Returns after the last.
  ///
  /// Tasks of one phase must not write what another of them reads or writes; what belongs to the number of the
  /// thread that runs it, below `threads`, a task has to itself.
  package static func run(
    threads: Int, phases: Int, counts: [Int], _ body: (_ phase: Int, _ task: Int, _ thread: Int) -> Void
  ) {
    withoutActuallyEscaping(body) { body in
      var context = body
      withUnsafeMutablePointer(to: &context) { context in
        counts.withUnsafeBufferPointer { counts in
          ctt_parallel(
            threads, phases, counts.baseAddress, counts.count,
            { context, phase, task, thread in
              guard let context else { return }
              context.assumingMemoryBound(to: ((Int, Int, Int) -> Void).self).pointee(phase, task, thread)
            }, context)
        }
      }
    }
  }

  /// The same for tasks that need not know their thread.
  package static func run(
    threads: Int, phases: Int, counts: [Int], _ body: (_ phase: Int, _ task: Int) -> Void
  ) {
    run(threads: threads, phases: phases, counts: counts) { phase, task, _ in body(phase, task) }
  }
}

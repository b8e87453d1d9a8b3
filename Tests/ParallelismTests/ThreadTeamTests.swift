import Foundation
import Testing

@testable import Parallelism

@Suite("The team of threads")
struct ThreadTeamTests {
  @Test("runs every task of every phase once, phase after phase")
  func everyTask() {
    let phases = 300
    let counts = [5, 0, 3, 1]
    for threads in [1, 2, 3, 8] {
      // A slot a task; each is written by that task alone, and each phase checks the one before.
      let slots = UnsafeMutableBufferPointer<Int>.allocate(capacity: phases * 5)
      let late = UnsafeMutableBufferPointer<Bool>.allocate(capacity: phases * 5)
      slots.initialize(repeating: 0)
      late.initialize(repeating: false)
      defer {
        slots.deallocate()
        late.deallocate()
      }
      ThreadTeam.run(threads: threads, phases: phases, counts: counts) { phase, task in
        slots[phase * 5 + task] += 1
        guard phase > 0 else { return }
        for other in 0..<counts[(phase - 1) % 4] where slots[(phase - 1) * 5 + other] != 1 {
          late[phase * 5 + task] = true
        }
      }
      for phase in 0..<phases {
        for task in 0..<5 {
          #expect(slots[phase * 5 + task] == (task < counts[phase % 4] ? 1 : 0))
          #expect(!late[phase * 5 + task])
        }
      }
    }
  }

  @Test("gives a task the number of its thread to itself")
  func threadNumbers() {
    for threads in [1, 2, 5] {
      let inside = UnsafeMutableBufferPointer<Int>.allocate(capacity: threads)
      let shared = UnsafeMutableBufferPointer<Bool>.allocate(capacity: 200 * 16)
      inside.initialize(repeating: -1)
      shared.initialize(repeating: false)
      defer {
        inside.deallocate()
        shared.deallocate()
      }
      ThreadTeam.run(threads: threads, phases: 200, counts: [16, 1, 7]) { phase, task, thread in
        let name = phase * 16 + task
        inside[thread] = name
        for _ in 0..<20 {
          sched_yield()  // after which the memory is read anew
          if inside[thread] != name { shared[name] = true }
        }
      }
      #expect(shared.allSatisfy { !$0 })
    }
  }

  @Test("numbers no thread beyond those of its own run, whatever ran before")
  func numbersOfSmallerRuns() {
    // Helpers of a large run are still looking for tasks when the small one begins.
    let beyond = UnsafeMutableBufferPointer<Bool>.allocate(capacity: 40)
    beyond.initialize(repeating: false)
    defer { beyond.deallocate() }
    for _ in 0..<3000 {
      ThreadTeam.run(threads: 6, phases: 1, counts: [12]) { _, _, _ in }
      ThreadTeam.run(threads: 2, phases: 1, counts: [40]) { _, task, thread in
        if thread >= 2 { beyond[task] = true }
      }
    }
    #expect(beyond.allSatisfy { !$0 })
  }

  @Test("lets a task start work of its own, which that task then does")
  func nested() {
    let sums = UnsafeMutableBufferPointer<Int>.allocate(capacity: 8)
    sums.initialize(repeating: 0)
    defer { sums.deallocate() }
    ThreadTeam.run(threads: 2, phases: 1, counts: [8]) { _, task in
      ThreadTeam.run(threads: 2, phases: 2, counts: [10]) { _, inner in sums[task] += inner }
    }
    #expect(sums.allSatisfy { $0 == 90 })
  }
}

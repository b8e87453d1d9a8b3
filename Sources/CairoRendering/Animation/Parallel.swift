import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Independent pieces of work side by side.
enum Parallel {
  /// As many threads as there are cores.
  static var allCores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// The results of `work` for 0..<`count`, in order, whatever the number of threads.
  /// - Throws: the failure of the lowest index that failed.
  static func map<T: Sendable>(
    _ count: Int, threads: Int, _ work: @Sendable (Int) throws(RenderFailure) -> T
  ) throws(RenderFailure) -> [T] {
    let results = Mutex<[Int: Result<T, RenderFailure>]>([:])
    let workers = max(1, min(threads, count))
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      for index in stride(from: worker, to: count, by: workers) {
        let result = Result<T, RenderFailure> { () throws(RenderFailure) -> T in try work(index) }
        results.withLock { $0[index] = result }
      }
    }
    let finished = results.withLock { $0 }
    var ordered: [T] = []
    for index in 0..<count {
      if let result = finished[index] { ordered.append(try result.get()) }
    }
    return ordered
  }
}

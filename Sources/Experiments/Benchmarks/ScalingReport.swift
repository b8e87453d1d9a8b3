import TinyNetwork

/// How the speed of training grows with the batch, the width and the threads, one at a time.
package struct ScalingReport: JSONReport, Sendable, Hashable, Codable {
  /// Batches of 32 and up, on all threads.
  package let byBatch: Benchmark
  /// Widths of 32 and up, on all threads.
  package let byWidth: Benchmark
  /// One thread and up.
  package let byThreads: Benchmark

  /// Measures around a shape.
  /// - Parameter doublings: how often the least batch and width, 32, is doubled.
  /// - Throws: ``TrainingError`` if a shape cannot be trained.
  package init(
    around shape: TrainingShape = TrainingShape(width: 128, blocks: 3, batch: 256), threads: Int,
    doublings: Int = 5, stopwatch: Stopwatch
  ) throws {
    precondition(threads >= 1 && (0...16).contains(doublings), "\(threads) threads, \(doublings) doublings")
    func doubled(_ change: (inout TrainingShape, Int) -> Void) -> [TrainingShape] {
      (0...doublings).map { k in
        var changed = shape
        change(&changed, 32 << k)
        return changed
      }
    }
    byBatch = try Benchmark(
      shapes: doubled { $0.batch = $1 }, threads: [threads], stopwatch: stopwatch, others: false)
    byWidth = try Benchmark(
      shapes: doubled { $0.width = $1 }, threads: [threads], stopwatch: stopwatch, others: false)
    byThreads = try Benchmark(
      shapes: [shape], threads: Array(1...threads), stopwatch: stopwatch, others: false)
  }

  /// The figures as tables.
  package var text: String {
    [("batch", byBatch), ("width", byWidth), ("threads", byThreads)].map {
      "by \($0):\n\($1.trainingTable.text)"
    }.joined(separator: "\n\n")
  }
}

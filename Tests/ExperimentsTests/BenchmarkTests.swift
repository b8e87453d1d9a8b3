import DiffusionLab
import Foundation
import Testing

@Suite("Benchmarks")
struct BenchmarkTests {
  /// As short as can be: how long anything takes is the machine's affair.
  private let stopwatch = Stopwatch(repetitions: 2, burst: .milliseconds(1))
  private let small = TrainingShape(width: 16, blocks: 1, batch: 16)

  @Test("measure something positive everywhere, for each number of threads, and come back from JSON")
  func everything() throws {
    let report = try Benchmark(shapes: [small], threads: [1, 2], stopwatch: stopwatch)
    #expect(report.training.map(\.threads) == [1, 2] && report.peak.map(\.threads) == [1, 2])
    for row in report.training {
      #expect(row.readySteps > 0 && row.steps > 0 && row.share > 0)
      // GFLOP/s are the operations of a step times its rate.
      #expect(abs(row.gigaflops - small.operations * row.readySteps / 1e9) <= 1e-9 * row.gigaflops)
    }
    #expect((report.peak + report.sampling + report.frames).allSatisfy { $0.rate > 0 })
    #expect(report.sampling.count == 2 && report.frames.count == 2)
    let read = try JSONDecoder().decode(Benchmark.self, from: Data(try report.json().utf8))
    #expect(read == report)
    #expect(report.text.contains("1×16, batch 16") && report.text.contains("of the peak"))
  }

  @Test("grow with one size at a time")
  func scaling() throws {
    let report = try ScalingReport(
      around: small, threads: 2, doublings: 1, stopwatch: Stopwatch(repetitions: 1, burst: .milliseconds(1)))
    #expect(report.byBatch.training.map(\.shape.batch) == [32, 64])
    #expect(report.byWidth.training.map(\.shape.width) == [32, 64])
    #expect(report.byThreads.training.map(\.threads) == [1, 2])
    #expect(report.byThreads.sampling.isEmpty)
    #expect(try JSONDecoder().decode(ScalingReport.self, from: Data(try report.json().utf8)) == report)
    #expect(report.text.contains("by threads"))
  }

  @Test("count the operations of a step as the field does: six a weight and example")
  func operations() {
    let shape = TrainingShape(width: 128, blocks: 3, batch: 256)
    #expect(shape.operations == 6 * 256 * Double(34 * 128 + 3 * 128 * 128 + 2 * 128))
    #expect(TrainingShape("128x3x256") == shape)
    for wrong in ["", "128x3", "128x3x", "ax3x2", "1x2x3x4"] { #expect(TrainingShape(wrong) == nil) }
    #expect(TrainingShape.standard.allSatisfy { $0.problem == nil })
    #expect(TrainingShape(width: 0, blocks: 3, batch: 1).problem != nil)
  }

  @Test("repeat work as often as asked, in turns, and take the median")
  func stopwatchTurns() {
    var order: [Int] = []
    let rates = Stopwatch(repetitions: 3, burst: .nanoseconds(1)).rates([
      { _ in order.append(0) }, { _ in order.append(1) },
    ])
    // Once each to find the count, then in turns.
    #expect(order == [0, 1, 0, 1, 0, 1, 0, 1])
    #expect(rates.count == 2 && rates.allSatisfy { $0 > 0 })
  }
}

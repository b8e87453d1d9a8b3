/// Times pieces of work in turns, so that whatever else the machine does disturbs all of them alike.
package struct Stopwatch: Sendable {
  /// How often each piece is timed; the median counts.
  package var repetitions: Int
  /// About how long one timing takes.
  package var burst: Duration

  /// A stopwatch.
  package init(repetitions: Int = 7, burst: Duration = .milliseconds(100)) {
    precondition(repetitions >= 1 && burst > .zero, "\(repetitions) repetitions of \(burst)")
    (self.repetitions, self.burst) = (repetitions, burst)
  }

  /// How many times per second each piece of work can be done: the median over the repetitions.
  /// - Parameter works: does its piece of work as often as asked.
  package func rates<Failure: Error>(
    _ works: [(_ count: Int) throws(Failure) -> Void]
  ) throws(Failure) -> [Double] {
    var counts: [Int] = []
    for work in works { counts.append(try count(work)) }
    var rates = [[Double]](repeating: [], count: works.count)
    for _ in 0..<repetitions {
      for (i, work) in works.enumerated() {
        rates[i].append(Double(counts[i]) / (try seconds(counts[i], of: work)))
      }
    }
    return rates.map { rates in
      let sorted = rates.sorted()
      let half = sorted.count / 2
      return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
    }
  }

  /// How often a piece of work fills a burst; it is done a few times to find out, which also warms it up.
  private func count<Failure: Error>(
    _ work: (_ count: Int) throws(Failure) -> Void
  ) throws(Failure) -> Int {
    let wanted = burst / .seconds(1)
    var count = 1
    while true {
      let taken = try seconds(count, of: work)
      if taken > wanted / 4 { return max(1, Int(Double(count) * wanted / taken)) }
      count *= 2
    }
  }

  private func seconds<Failure: Error>(
    _ count: Int, of work: (_ count: Int) throws(Failure) -> Void
  ) throws(Failure) -> Double {
    let start = ContinuousClock.now
    try work(count)
    return max(start.duration(to: .now) / .seconds(1), 1e-9)
  }
}

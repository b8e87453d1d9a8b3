import RealModule

/// The ticks of an axis: equal steps at round numbers.
///
/// The search of Talbot, Lin and Hanrahan 2010, *An extension of Wilkinson's algorithm for positioning tick
/// labels on axes*, with their weights and without the term for legibility, which ``Axis`` handles itself.
/// Steps are nice numbers and their doubles; longer skips, which give steps such as 12, are left out.
package struct Ticks: Sendable, Hashable {
  /// The lowest tick, and the distance from one tick to the next.
  package let start, step: Double
  /// The number of ticks.
  package let count: Int

  /// The ticks' places.
  package var values: [Double] {
    // Through an integer, so that the tick at zero is exactly zero.
    let first = (start / step).rounded()
    let aligned = abs(first * step - start) < 1e-9 * step
    return (0..<count).map { aligned ? (first + Double($0)) * step : start + Double($0) * step }
  }

  /// The best ticks within a range, about `target` of them.
  /// - Precondition: the range is not empty, and `target` is at least 2.
  package init(for range: ClosedRange<Double>, target: Int) {
    let (low, high) = (range.lowerBound, range.upperBound)
    precondition(low < high && (high - low).isFinite, "no ticks for the range \(range)")
    precondition(target >= 2, "a target of \(target) ticks")
    var search = Search(low: low, high: high, target: Double(target))
    search.run()
    (_, start, step, count) = search.best
  }

  private struct Search {
    let low, high, target: Double
    var best: (score: Double, start: Double, step: Double, count: Int)

    /// The niceness of a step, best first.
    static let nice: [Double] = [1, 5, 2, 2.5, 4, 3]

    init(low: Double, high: Double, target: Double) {
      (self.low, self.high, self.target) = (low, high, target)
      // Stays only for ranges so narrow that no other ticks are distinct numbers.
      best = (-2, low, high - low, 2)
    }

    func score(_ simplicity: Double, _ coverage: Double, _ density: Double) -> Double {
      0.25 * simplicity + 0.2 * coverage + 0.5 * density + 0.05
    }

    mutating func run() {
      for skip in 1...2 {
        let j = Double(skip)
        for (rank, q) in Self.nice.enumerated() {
          let bound = 2 - Double(rank) / 5 - j
          if score(bound, 1, 1) < best.score { return }
          searchCounts(q: q, j: j, simplicityBound: bound)
        }
      }
    }

    mutating func searchCounts(q: Double, j: Double, simplicityBound: Double) {
      var count = 2.0
      while count <= 3 * target {
        let densityBound = count >= target ? 2 - (count - 1) / (target - 1) : 1
        if score(simplicityBound, 1, densityBound) < best.score { return }
        var power = Double.log10((high - low) / (count + 1) / (j * q)).rounded(.up)
        let last = power + 3  // steps a thousand times too long cannot win
        while power <= last {
          let step = j * q * Double.pow(10, power)
          power += 1
          let coverageBound = coverage(excess: max(0, step * (count - 1) - (high - low)) / 2)
          if score(simplicityBound, coverageBound, densityBound) < best.score { break }
          searchStarts(
            q: q, j: j, step: step, count: count, simplicity: simplicityBound - 1)
        }
        count += 1
      }
    }

    mutating func searchStarts(q: Double, j: Double, step: Double, count: Double, simplicity: Double) {
      let first = (high / step).rounded(.down) * j - (count - 1) * j
      let last = (low / step).rounded(.up) * j
      guard first <= last, last - first < 1e6 else { return }
      let slack = 1e-9 * (high - low)
      for start in stride(from: first, through: last, by: 1) {
        let from = start * (step / j)
        let to = from + step * (count - 1)
        guard from >= low - slack, to <= high + slack else { continue }
        let hasZero = from <= 0 && to >= 0 && start.truncatingRemainder(dividingBy: j) == 0
        let r = (count - 1) / (to - from)
        let ideal = (target - 1) / (max(to, high) - min(from, low))
        let total = score(
          simplicity + (hasZero ? 1 : 0), coverage(from: from, to: to), 2 - max(r / ideal, ideal / r))
        if total > best.score { best = (total, from, step, Int(count)) }
      }
    }

    func coverage(from: Double, to: Double) -> Double {
      let tenth = 0.1 * (high - low)
      return 1 - 0.5 * ((high - to) * (high - to) + (low - from) * (low - from)) / (tenth * tenth)
    }

    func coverage(excess: Double) -> Double {
      let tenth = 0.1 * (high - low)
      return 1 - excess * excess / (tenth * tenth)
    }
  }
}

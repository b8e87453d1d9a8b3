/// The pairing of two equally large sets of points with the smallest sum of squared distances: `result[i]` is
/// the position in `targets` of the partner of `points[i]`.
///
/// Exact, by shortest augmenting paths with potentials (Jonker and Volgenant 1987), and the same on every machine,
/// even if several pairings are optimal. It couples the batches of OT conditional flow matching
/// (Tong et al. 2024, arXiv:2302.00482; Pooladian et al. 2023, arXiv:2304.14772; Equations 6.17), and gives W₂
/// between point sets (Equations 12.1).
/// - Complexity: O(n³) at worst, and O(n²) memory.
package func optimalAssignment(_ points: [SIMD2<Double>], to targets: [SIMD2<Double>]) -> [Int] {
  precondition(points.count == targets.count, "\(points.count) points for \(targets.count) targets")
  return optimalAssignment(count: points.count) { i, j in
    let d = points[i] - targets[j]
    return (d * d).sum()
  }
}

/// The pairing of `count` rows with as many columns that has the least sum of costs: `result[row]` is the column.
/// - Parameter cost: the finite cost of a row and a column.
/// - Complexity: O(n³) at worst, and O(n²) memory.
package func optimalAssignment(count: Int, cost: (_ row: Int, _ column: Int) -> Double) -> [Int] {
  guard count > 0 else { return [] }
  var assignment = Assignment(count: count, cost: cost)
  return assignment.solve()
}

/// An assignment in progress, with column potentials v: every assigned row has the column of least cost − v.
private struct Assignment {
  /// Four neighbouring columns at once.
  private typealias Lanes = SIMD4<Double>

  private let count: Int
  /// Blocks of four columns per row; columns beyond `count` have infinite cost.
  private let blocks: Int
  private var cost: [Lanes]
  private var potential: [Lanes]
  private var rowOfColumn: [Int]  // −1 where it is free
  private var columnOfRow: [Int]

  init(count n: Int, cost entry: (Int, Int) -> Double) {
    count = n
    blocks = (n + 3) / 4
    cost = [Lanes](repeating: Lanes(repeating: .infinity), count: n * blocks)
    potential = [Lanes](repeating: .zero, count: blocks)
    rowOfColumn = [Int](repeating: -1, count: n)
    columnOfRow = [Int](repeating: -1, count: n)
    for i in 0..<n {
      for j in 0..<n { cost[i * blocks + j / 4][j % 4] = entry(i, j) }
    }
  }

  mutating func solve() -> [Int] {
    reduceColumns()
    // A second pass still places some of the rows that the first displaced; a third does not pay.
    for _ in 0..<2 { reduceRows() }
    for row in 0..<count where columnOfRow[row] < 0 { augment(from: row) }
    return columnOfRow
  }

  /// Makes the least entry of every column its potential.
  private mutating func reduceColumns() {
    for block in 0..<blocks {
      var least = cost[block]
      for i in 1..<max(1, count) { least = pointwiseMin(least, cost[i * blocks + block]) }
      potential[block] = least.replacing(with: 0, where: least .== .infinity)
    }
  }

  /// Gives every free row its best column and lowers the column's potential until the row's second best is as
  /// good; a displaced row follows.
  private mutating func reduceRows() {
    var free = (0..<count).filter { columnOfRow[$0] < 0 }
    free.reverse()
    // Rounding could make rows take a column from each other for ever.
    var left = 4 * count
    while let row = free.popLast(), left > 0 {
      left -= 1
      let (first, second) = twoBest(row)
      var column = first.column
      var displaced = rowOfColumn[column]
      let gain = second.value - first.value
      if gain > 0 && gain.isFinite {
        potential[column / 4][column % 4] -= gain
      } else if displaced >= 0 && second.column < count {
        column = second.column
        displaced = rowOfColumn[column]
      }
      columnOfRow[row] = column
      rowOfColumn[column] = row
      if displaced >= 0 {
        columnOfRow[displaced] = -1
        if gain > 0 { free.append(displaced) }
      }
    }
  }

  /// The columns with the least and the second least cost − v in a row; the first of equals.
  private func twoBest(
    _ row: Int
  ) -> (first: (column: Int, value: Double), second: (column: Int, value: Double)) {
    var first = (column: 0, value: Double.infinity)
    var second = (column: count, value: Double.infinity)
    for block in 0..<blocks {
      let reduced = cost[row * blocks + block] - potential[block]
      guard any(reduced .< second.value) else { continue }
      for lane in 0..<4 where reduced[lane] < second.value {
        let entry = (column: 4 * block + lane, value: reduced[lane])
        if entry.value < first.value {
          second = first
          first = entry
        } else {
          second = entry
        }
      }
    }
    return (first, second)
  }

  /// Finds the shortest path from a free row to a free column by Dijkstra's algorithm on reduced costs, and swaps
  /// the pairs along it.
  private mutating func augment(from start: Int) {
    // A closed column has the distance ∞ and the working potential −∞, so that nothing reaches it again.
    var distance = [Lanes](repeating: Lanes(repeating: .infinity), count: blocks)
    var working = potential
    var previous = [SIMD4<Int64>](repeating: .zero, count: blocks)  // the row that a column is reached from
    var closed: [(column: Int, distance: Double)] = []
    var row = start
    var offset = 0.0
    var reached = 0.0
    var column = 0
    while true {
      (column, reached) = relax(row, offset, &distance, &working, &previous)
      if rowOfColumn[column] < 0 { break }
      closed.append((column, reached))
      row = rowOfColumn[column]
      let (block, lane) = (column / 4, column % 4)
      offset = cost[row * blocks + block][lane] - potential[block][lane] - reached
      distance[block][lane] = .infinity
      working[block][lane] = -.infinity
    }
    for entry in closed {
      potential[entry.column / 4][entry.column % 4] += entry.distance - reached
    }
    while true {
      let row = Int(previous[column / 4][column % 4])
      let next = columnOfRow[row]
      rowOfColumn[column] = row
      columnOfRow[row] = column
      if row == start { return }
      column = next
    }
  }

  /// Shortens the distances through one row, and finds the nearest open column; the first of equals.
  private func relax(
    _ row: Int, _ offset: Double, _ distance: inout [Lanes], _ working: inout [Lanes],
    _ previous: inout [SIMD4<Int64>]
  ) -> (column: Int, distance: Double) {
    var least = Lanes(repeating: .infinity)
    var position = SIMD4<Int64>(repeating: 0)
    let from = Int64(row)
    let base = row * blocks
    for block in 0..<blocks {
      let length = cost[base + block] - working[block] - offset
      let shorter = length .< distance[block]
      distance[block].replace(with: length, where: shorter)
      previous[block].replace(with: from, where: shorter)
      let nearer = distance[block] .< least
      least.replace(with: distance[block], where: nearer)
      position.replace(with: Int64(block), where: nearer)
    }
    var best = (column: Int(position[0]) * 4, distance: least[0])
    for lane in 1..<4 {
      let column = Int(position[lane]) * 4 + lane
      if least[lane] < best.distance || (least[lane] == best.distance && column < best.column) {
        best = (column, least[lane])
      }
    }
    return best
  }
}

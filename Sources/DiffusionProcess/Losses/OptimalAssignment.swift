/// The pairing of two equally large sets of points with the smallest sum of squared distances: `result[i]` is
/// the position in `targets` of the partner of `points[i]`.
///
/// Exact, by shortest augmenting paths with potentials (Jonker and Volgenant 1987). The same pairing on every
/// machine; where several are optimal, one fixed choice. It couples the batches of OT conditional flow matching
/// (Tong et al. 2024, arXiv:2302.00482; Pooladian et al. 2023, arXiv:2304.14772; EQUATIONS 6.17), and gives W₂
/// between point sets (12.1).
/// - Complexity: O(n³) at worst, and O(n²) memory.
public func optimalAssignment(_ points: [SIMD2<Double>], to targets: [SIMD2<Double>]) -> [Int] {
  precondition(points.count == targets.count, "\(points.count) points for \(targets.count) targets")
  let n = points.count
  guard n > 0 else { return [] }
  var cost = [Double](repeating: 0, count: n * n)
  for i in 0..<n {
    for j in 0..<n {
      let d = points[i] - targets[j]
      cost[i * n + j] = (d * d).sum()
    }
  }
  return cost.withUnsafeBufferPointer {
    var assignment = Assignment(cost: $0, count: n)
    return assignment.solved()
  }
}

/// Rows are assigned to columns one after another; reduced costs cost − u_i − v_j stay at least 0.
private struct Assignment {
  let cost: UnsafeBufferPointer<Double>
  let count: Int
  var rowPotential: [Double]
  var columnPotential: [Double]
  var rowOfColumn: [Int]  // −1 where it is free
  var columnOfRow: [Int]

  init(cost: UnsafeBufferPointer<Double>, count n: Int) {
    self.cost = cost
    count = n
    rowPotential = [Double](repeating: 0, count: n)
    columnPotential = [Double](repeating: 0, count: n)
    rowOfColumn = [Int](repeating: -1, count: n)
    columnOfRow = [Int](repeating: -1, count: n)
  }

  mutating func solved() -> [Int] {
    reduce()
    for row in 0..<count where columnOfRow[row] < 0 { augment(from: row) }
    return columnOfRow
  }

  /// Potentials from the smallest entry of every column, then of every row, and the pairs that they allow.
  private mutating func reduce() {
    for j in 0..<count {
      var least = Double.infinity
      for i in 0..<count { least = min(least, cost[i * count + j]) }
      columnPotential[j] = least
    }
    for i in 0..<count {
      var least = Double.infinity
      var best = 0
      for j in 0..<count {
        let reduced = cost[i * count + j] - columnPotential[j]
        if reduced < least {
          least = reduced
          best = j
        }
      }
      rowPotential[i] = least
      if rowOfColumn[best] < 0 {
        rowOfColumn[best] = i
        columnOfRow[i] = best
      }
    }
  }

  /// The shortest path, by Dijkstra's algorithm on reduced costs, from a free row to a free column; the pairs
  /// along it change places.
  private mutating func augment(from start: Int) {
    var distance = [Double](repeating: .infinity, count: count)
    var previous = [Int](repeating: start, count: count)  // the row from which a column is reached
    var open = Array(0..<count)  // columns without a final distance
    var closed: [Int] = []
    var row = start
    var reached = 0.0
    var free = -1
    while free < 0 {
      var least = Double.infinity
      var position = 0
      for (k, j) in open.enumerated() {
        let length = reached + (cost[row * count + j] - rowPotential[row] - columnPotential[j])
        if length < distance[j] {
          distance[j] = length
          previous[j] = row
        }
        if distance[j] < least {
          least = distance[j]
          position = k
        }
      }
      let column = open.remove(at: position)
      reached = least
      if rowOfColumn[column] < 0 {
        free = column
      } else {
        closed.append(column)
        row = rowOfColumn[column]
      }
    }
    rowPotential[start] += reached
    for column in closed {
      let slack = reached - distance[column]
      columnPotential[column] -= slack
      rowPotential[rowOfColumn[column]] += slack
    }
    var column = free
    while true {
      let row = previous[column]
      let next = columnOfRow[row]
      rowOfColumn[column] = row
      columnOfRow[row] = column
      if row == start { return }
      column = next
    }
  }
}

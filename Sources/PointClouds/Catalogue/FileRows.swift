/// The rows of a file in their order, some of them held out from training.
struct FileRows: Sendable {
  /// A part of the rows.
  enum Part {
    /// All rows.
    case all
    /// The rows that training may see.
    case training
    /// The rows that training never sees.
    case heldOut
  }

  let cloud: PointCloud
  /// The rule by which rows are held out; `nil` if there are fewer than ten rows, or if training would have no two
  /// different points left.
  let heldOut: HeldOutRows?

  init(_ cloud: PointCloud, heldOut rule: HeldOutRows) {
    self.cloud = cloud
    let rows = FileRows(cloud: cloud, rule)
    let seen = rows.positions(.training)
    let canSpare = seen.count < cloud.count && seen.contains { cloud[$0] != cloud[seen[0]] }
    heldOut = canSpare ? rule : nil
  }

  private init(cloud: PointCloud, _ heldOut: HeldOutRows?) {
    self.cloud = cloud
    self.heldOut = heldOut
  }

  /// The positions of a part, ascending; those of all rows if none are held out.
  func positions(_ part: Part) -> [Int] {
    guard part != .all, let heldOut else { return Array(0..<cloud.count) }
    let held = heldOut.positions(among: cloud.count)
    guard part == .training else { return held }
    var seen: [Int] = []
    seen.reserveCapacity(cloud.count - held.count)
    var next = held.makeIterator()
    var skipped = next.next()
    for i in 0..<cloud.count {
      if i == skipped { skipped = next.next() } else { seen.append(i) }
    }
    return seen
  }

  /// The rows at these positions, in their order.
  func rows(_ positions: [Int]) -> PointCloud {
    PointCloud(
      positions.map { cloud.points[$0] }, labels: cloud.labels.map { all in positions.map { all[$0] } },
      labelNames: cloud.labelNames)
  }
}

extension NoiseSource {
  /// `count` of these numbers without repetition, in random order; all of them if there are no more.
  /// - Complexity: O(numbers); `count` draws.
  func choice(_ count: Int, of numbers: [Int]) -> [Int] {
    var order = numbers
    let count = min(count, numbers.count)
    for i in 0..<count {
      order.swapAt(i, i + index(below: order.count - i, particle: i, lane: 1))
    }
    return Array(order.prefix(count))
  }
}

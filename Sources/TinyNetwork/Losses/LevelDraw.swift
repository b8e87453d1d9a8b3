/// How often each noise level is drawn, and the weight of a draw.
///
/// Levels that weigh much are drawn more often, and each draw counts less: importance sampling, with a share of
/// one half for the even law, so that no level is starved and no draw counts more than twice an even one. The
/// expected loss is unchanged; its gradient is far less noisy where few levels have most of the weight (Song et
/// al. 2021, arXiv:2101.09258, section 4.1; Nichol and Dhariwal 2021, section 3.3).
struct LevelDraw: Sendable {
  /// The level of each of equally likely draws: a table of quantiles.
  let positions: [Int]
  /// The weight of a draw of each level: the even law's probability over the actual one.
  let factors: [Double]

  /// The draw for these weights, at least 0 and not all 0. Even where none is more than twice the mean.
  init(_ weights: [Double]) {
    let count = weights.count
    let mean = weights.reduce(0, +) / Double(count)
    guard weights.contains(where: { $0 > 2 * mean }) else {
      positions = Array(0..<count)
      factors = [Double](repeating: 1, count: count)
      return
    }
    // Twice as many draws as would give the even half of the least level one.
    let draws = max(1024, 4 * count)
    var positions: [Int] = []
    var draw = [Int](repeating: 0, count: count)
    var total = 0.0
    for (level, weight) in weights.enumerated() {
      total += (0.5 + 0.5 * weight / mean) / Double(count)
      while positions.count < draws && Double(positions.count) + 0.5 < total * Double(draws) {
        positions.append(level)
        draw[level] += 1
      }
    }
    while positions.count < draws {  // the sum of shares may be rounded to less than 1
      positions.append(count - 1)
      draw[count - 1] += 1
    }
    self.positions = positions
    factors = draw.map { Double(draws) / (Double($0) * Double(count)) }
  }
}

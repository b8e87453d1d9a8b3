import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@Suite("Optimal assignment", .fixtures)
struct OptimalAssignmentTests {
  static func cloud(_ seed: UInt64, _ count: Int) -> [SIMD2<Double>] {
    NoiseSource(seed: seed, purpose: .data).normalCloud(count: count).points
  }

  static func cost(_ a: [SIMD2<Double>], _ b: [SIMD2<Double>], _ assignment: [Int]) -> Double {
    zip(a, assignment).reduce(0) { $0 + (($1.0 - b[$1.1]) * ($1.0 - b[$1.1])).sum() } / Double(a.count)
  }

  @Test("No permutation of six points is cheaper")
  func bruteForce() {
    for seed in 0..<20 as Range<UInt64> {
      let (a, b) = (Self.cloud(2 * seed, 6), Self.cloud(2 * seed + 1, 6))
      var least = Double.infinity
      func extend(_ chosen: [Int]) {
        if chosen.count == 6 { least = min(least, Self.cost(a, b, chosen)) }
        for j in 0..<6 where !chosen.contains(j) { extend(chosen + [j]) }
      }
      extend([])
      // Sums of six terms in the same order.
      #expect(isClose(Self.cost(a, b, optimalAssignment(a, to: b)), least, 1e-14), "seed \(seed)")
    }
  }

  @Test("A shift and a stretch are undone: monotone maps are optimal")
  func monotone() {
    let a = Self.cloud(1, 300)
    let order = (0..<300).map { ($0 * 7) % 300 }
    let b = order.map { SIMD2(3 * a[$0].x + 5, 0.5 * a[$0].y - 2) }
    let assignment = optimalAssignment(a, to: b)
    #expect(assignment.enumerated().allSatisfy { order[$1] == $0 })
  }

  @Test("It is a permutation, also of equal points and of one")
  func permutation() {
    let equal = [SIMD2<Double>](repeating: SIMD2(1, 2), count: 40)
    #expect(Set(optimalAssignment(equal, to: equal)).count == 40)
    #expect(optimalAssignment([SIMD2(1, 2)], to: [SIMD2(3, 4)]) == [0])
    #expect(optimalAssignment([], to: []) == [])
    let (a, b) = (Self.cloud(1, 512), Self.cloud(2, 512))
    let assignment = optimalAssignment(a, to: b)
    #expect(Set(assignment) == Set(0..<512))
    // No exchange of two partners helps, as it must not at an optimum.
    for i in 0..<512 {
      for j in 0..<i {
        let gain = ((a[i] - a[j]) * (b[assignment[i]] - b[assignment[j]])).sum()
        #expect(gain > -1e-12)
      }
    }
  }

  @Test("Batches of flow matching agree with the reference, pairs, costs, points and targets")
  func batches() throws {
    let fixture = try Fixture.load("flow_matching")
    let tolerance = fixture.tolerance
    let process = RectifiedFlow()
    for batch in fixture.batches.list {
      let (x, epsilon, times) = (batch.x0.points, batch.eps.points, batch.t.doubles)
      let assignment = optimalAssignment(x, to: epsilon)
      #expect(assignment == batch.ot_eps_index_for_each_x0.list.map(\.int), "\(batch.path)")
      let identity = Array(x.indices)
      for (pairs, name) in [(identity, "independent"), (assignment, "ot")] {
        #expect(
          isClose(Self.cost(x, epsilon, pairs), batch["cost_" + name].double, tolerance), "\(batch.path)")
        var square = 0.0
        for i in x.indices {
          let noise = epsilon[pairs[i]]
          let noisy = process.level(at: times[i]).noisy(x[i], noise)
          let target = process.velocity(clean: x[i], epsilon: noise, at: times[i])
          #expect(isClose(noisy, batch["xt_" + name][i].point, tolerance), "\(batch.path)")
          #expect(isClose(target, batch["target_velocity_" + name][i].point, tolerance), "\(batch.path)")
          square += (target * target).sum()
        }
        let loss = square / Double(2 * x.count)
        #expect(isClose(loss, batch["loss_of_zero_field_" + name].double, tolerance), "\(batch.path)")
      }
    }
  }

  @Test("Assignments between the clouds of the metrics agree with the reference, and so does W2")
  func metrics() throws {
    let fixture = try Fixture.load("metrics")
    for pair in fixture.pairs.list where !pair.assignment_Y_index_for_each_X.isNull {
      let (x, y) = (pair.X.points, pair.Y.points)
      let assignment = optimalAssignment(x, to: y)
      #expect(assignment == pair.assignment_Y_index_for_each_X.list.map(\.int), "\(pair.path)")
      let w2 = Self.cost(x, y, assignment).squareRoot()
      #expect(isClose(w2, pair.w2.double, fixture.tolerance), "\(pair.path)")
    }
  }
}

import DiffusionProcess
import PointClouds
import TestSupport
import Testing

@testable import Evaluation

@Suite("The test for copies", .fixtures)
struct CopyingTestTests {
  @Test("agrees with the reference values: distances, shares, U and the exact p-value")
  func reference() throws {
    let file = try Fixture.load("memorization")
    let fixture = file.fixture
    let training = PointCloud(fixture.train.points)
    let heldOut = PointCloud(fixture.held_out.points)
    let nearest = CopyingTest.distances(of: heldOut, to: training)
    for (found, expected) in zip(nearest, fixture.held_out_nearest_distance.doubles) {
      #expect(isClose(found, expected, file.tolerance))
    }
    let k = fixture.k.int
    #expect(isClose(nearest.sorted()[k - 1], fixture.threshold.double, file.tolerance))
    let tree = NeighbourTree(training)
    for (i, expected) in fixture.train_leave_one_out_nearest_distance.doubles.enumerated() {
      let found = tree.nearest(1, to: training[i], excluding: i)[0].squareRoot()
      #expect(isClose(found, expected, file.tolerance))
    }
    for generated in fixture.generated.list {
      let samples = PointCloud(generated["points"].points)
      let found = CopyingTest.distances(of: samples, to: training)
      for (distance, expected) in zip(found, generated.nearest_distance.doubles) {
        #expect(isClose(distance, expected, file.tolerance))
      }
      for (point, (sample, distance)) in zip(
        CopyingTest.nearest(of: samples, in: training), zip(samples.points, found))
      {
        let d = point - sample
        #expect(training.points.contains(point) && isClose((d * d).sum().squareRoot(), distance, 1e-15))
      }
      let neighbours = samples.points.map { tree.nearest(2, to: $0).map { $0.squareRoot() } }
      let ratios = neighbours.map { $0[0] / $0[1] }
      for (i, pair) in neighbours.enumerated() {
        #expect(isClose(pair[1], generated.second_nearest_distance[i].double, file.tolerance))
        #expect(isClose(ratios[i], generated.distance_ratio[i].double, file.tolerance))
      }
      let copied = Double(ratios.count { $0 < 1.0 / 3 }) / Double(samples.count)
      #expect(isClose(copied, generated.fraction_ratio_below_one_third.double, file.tolerance))
      let test = CopyingTest(samples: samples, heldOut: heldOut, training: training, order: k)
      let pairs = Double(samples.count * heldOut.count)
      #expect(isClose((1 - test.nearer) * pairs, generated.mann_whitney_u.double, file.tolerance))
      #expect(isClose(test.z, generated.mann_whitney_z.double, file.tolerance), "\(generated.name.string)")
      #expect(isClose(test.close, generated.fraction_below_threshold.double, file.tolerance))
      #expect(isClose(test.closeExpected, fixture.expected_fraction.double, file.tolerance))
      #expect(isClose(test.pValue, generated.p_value.double, file.tolerance))
      #expect(Int((test.close * Double(samples.count)).rounded()) == generated.count_below_threshold.int)
    }
    for law in file.copy_test_laws.list {
      let critical = law.critical_count_5_percent.int
      func tail(_ count: Int) -> Double {
        CopyingTest.tail(count, samples: law.generated.int, heldOut: law.held_out.int, order: law.k.int)
      }
      #expect(tail(critical) <= 0.05 && tail(critical - 1) > 0.05)
      // The tail sums to the moments of the count: E K = Σ P(K ≥ j), E K² = Σ (2j − 1)·P(K ≥ j).
      let counts = 1...law.generated.int
      let mean = counts.reduce(0) { $0 + tail($1) }
      #expect(isClose(mean / law.generated.double, law.expected_fraction.double, file.tolerance))
      let square = counts.reduce(0) { $0 + Double(2 * $1 - 1) * tail($1) }
      let deviation = (square - mean * mean).squareRoot() / law.generated.double
      #expect(isClose(deviation, law.standard_deviation_of_fraction.double, file.tolerance))
    }
  }

  @Test("Honest samples are as far from the training points as the law of the data has it")
  func honestDistances() throws {
    let file = try Fixture.load("memorization")
    let mixture = GaussianMixture(try #require(file.gmms.members.first?.value))
    let repetitions = 400
    for law in file.nearest_neighbour_laws.list {
      func draw(_ seed: Int, _ count: Int) -> PointCloud {
        mixture.sample(count: count, noise: NoiseSource(seed: UInt64(seed), purpose: .data))
      }
      // Of each training set one mean over fresh points: these are independent.
      let neighbours = (0..<repetitions).map { r in
        let tree = NeighbourTree(draw(2 * r, law.n_train.int))
        return draw(2 * r + 1, 25).points.map { tree.nearest(2, to: $0).map { $0.squareRoot() } }
      }
      func agrees(_ expected: Fixture, _ measure: ([Double]) -> Double) {
        let ours = RepeatedMeasure(neighbours.map { $0.map(measure).reduce(0, +) / Double($0.count) })
        // Four and a half standard errors.
        let error = ours.standardDeviation / Double(repetitions).squareRoot()
        #expect(abs(ours.mean - expected.double) < 4.5 * error, "\(expected.path): \(ours)")
      }
      agrees(law.expected_nearest_distance) { $0[0] }
      for row in law.ratio_cdf.list {
        let u = row.u.double
        agrees(row.probability) { $0[0] < u * $0[1] ? 1 : 0 }
      }
    }
  }

  @Test("finds honest samples honest, and copies copies")
  func copies() {
    func cloud(_ seed: UInt64, _ count: Int) -> PointCloud {
      NoiseSource(seed: seed, purpose: .data).normalCloud(count: count)
    }
    let training = cloud(1, 1000)
    let honest = CopyingTest(samples: cloud(2, 800), heldOut: cloud(3, 300), training: training)
    // Three standard deviations; the interval has two.
    #expect(abs(honest.nearer - 0.5) < 1.5 * honest.interval && honest.pValue > 0.001)
    let noise = cloud(4, 1000)
    let near = PointCloud((0..<800).map { training[$0] + 0.003 * noise[$0] })
    let copied = CopyingTest(samples: near, heldOut: cloud(3, 300), training: training)
    #expect(copied.nearer > 0.9 && copied.z < -10 && copied.pValue < 1e-6)
    let far = CopyingTest(
      samples: cloud(2, 800).map { $0 * 4 }, heldOut: cloud(3, 300), training: training)
    #expect(far.nearer < 0.2 && far.z > 10 && far.pValue > 0.99)
  }
}

import PointClouds
import TestSupport
import Testing

@testable import Evaluation

@Suite("The test for copies")
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
      // The tail sums to the mean count: E K = Σ P(K ≥ j).
      let mean = (1...law.generated.int).reduce(0) { $0 + tail($1) }
      #expect(isClose(mean / law.generated.double, law.expected_fraction.double, 1e-9))
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

import Evaluation
import PointClouds
import Testing

@Suite("Score cards")
struct ScoreCardTests {
  /// Standard normal draws, independent for every index.
  func truth(_ index: Int, _ count: Int) -> PointCloud {
    NoiseSource(seed: UInt64(index), purpose: .truth).normalCloud(count: count)
  }

  @Test("True samples score near the floor, shifted ones far above it")
  func tellsApart() {
    let good = ScoreCard(samples: truth(99, 1000), repetitions: 8, truth: truth)
    let bad = ScoreCard(samples: truth(99, 1000).map { $0 + SIMD2(0.5, 0) }, repetitions: 8, truth: truth)
    for (a, b) in zip(good.rows, bad.rows) {
      // Five deviations either way: a true draw stays within them, a shift by half a deviation does not.
      #expect(abs(a.value - a.floor) < 5 * a.floorDeviation, "\(a.name)")
      #expect(b.value > b.floor + 5 * b.floorDeviation, "\(b.name)")
    }
  }

  @Test("The energy floor is 2/n · E‖X − X′‖ on average")
  func energyFloor() throws {
    let card = ScoreCard(samples: truth(99, 500), repetitions: 40, truth: truth)
    let row = try #require(card.rows.first { $0.name == "energy distance" })
    // E‖X − X′‖ of two standard normals of the plane is √π.
    let expected = 2.0 / 500 * Double.pi.squareRoot()
    #expect(abs(row.floor - expected) < 5 * row.floorDeviation / 40.0.squareRoot())
  }
}

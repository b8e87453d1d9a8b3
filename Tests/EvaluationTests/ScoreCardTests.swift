import DiffusionProcess
import Evaluation
import PointClouds
import Testing

@Suite("Score cards")
struct ScoreCardTests {
  /// Standard normal draws, independent for every index.
  func truth(_ index: Int, _ count: Int) -> PointCloud {
    NoiseSource(seed: UInt64(index), purpose: .truth).normalCloud(count: count)
  }

  static let gaussian = GaussianMixture([
    .init(weight: 1, mean: .zero, covariance: SymmetricMatrix(isotropic: 1))
  ])

  @Test("True samples score near the floor, shifted ones far above it")
  func tellsApart() {
    let good = ScoreCard(samples: truth(99, 1000), repetitions: 8, truth: truth)
    let bad = ScoreCard(samples: truth(99, 1000).map { $0 + SIMD2(0.5, 0) }, repetitions: 8, truth: truth)
    for (a, b) in zip(good.rows, bad.rows) {
      // Five deviations either way: a true draw stays within them, a shift by half a deviation does not.
      #expect(abs(a.deviations) < 5, "\(a.name)")
      #expect(b.deviations > 5 && !b.isWithinFloor, "\(b.name)")
    }
  }

  @Test("A card gives each of its rows by name, and none by another name")
  func byName() {
    let card = ScoreCard(samples: truth(99, 200), repetitions: 2, truth: truth)
    #expect(card.rows.map(\.name) == ["sliced W2", "energy distance"])
    for row in card.rows { #expect(card[row.name] == row) }
    #expect(card["sliced w2"] == nil)
  }

  @Test("The energy floor is 2/n · E‖X − X′‖ on average")
  func energyFloor() throws {
    let metric = ScoreMetric("energy", .lower, repetitions: 40) { energyDistance($0, $1) }
    let row = ScoreCard(samples: truth(99, 500), metrics: [metric], truth: truth).rows[0]
    // E‖X − X′‖ of two standard normals of the plane is √π.
    let expected = 2.0 / 500 * Double.pi.squareRoot()
    #expect(abs(row.floor - expected) < 5 * row.floorDeviation / 40.0.squareRoot())
  }

  @Test("The whole card of true samples is like true samples; of wrong ones, every number says so")
  func whole() {
    func card(_ samples: PointCloud) -> ScoreCard {
      ScoreCard(
        samples: samples, metrics: Array(ScoreMetric.all), mixture: Self.gaussian, repetitions: 4,
        truth: truth)
    }
    let good = card(truth(999, 500))
    let bad = card(truth(999, 500).map { SIMD2(1.8 * $0.x + 1.5, 0.4 * $0.y) })
    #expect(good.rows.map(\.name) == bad.rows.map(\.name))
    #expect(good.rows.count == ScoreMetric.all.reduce(0) { $0 + $1.names.count })
    for (a, b) in zip(good.rows, bad.rows) {
      // The mode of a single Gaussian is covered and has all the mass, whatever the samples.
      if ["modes covered", "mode mass TV"].contains(a.name) {
        #expect(a.value == a.floor && a.floorDeviation == 0 && a.isWithinFloor && b.isWithinFloor)
        continue
      }
      // The deviation of four values is a third of the true one or more in 97 of 100 cases.
      #expect(abs(a.deviations) < 9, "\(a)")
      #expect(!b.isWithinFloor, "\(b)")
      switch a.better {
      case .lower: #expect(b.value > a.value && a.lowerLimit == nil)
      case .higher: #expect(b.value < a.value && a.upperLimit == nil)
      case .near: #expect(a.lowerLimit ?? 1 < a.upperLimit ?? 0)
      }
    }
  }

  @Test("The numbers do not depend on the threads, and what needs a mixture is left out without one")
  func threads() {
    func card(_ threads: Int) -> ScoreCard {
      ScoreCard(
        samples: truth(99, 200), metrics: Array(ScoreMetric.all), repetitions: 2, threads: threads,
        truth: truth)
    }
    let one = card(1)
    #expect(one == card(3))
    #expect(
      one.rows.map(\.name) == ScoreMetric.all.filter { !$0.needsMixture }.flatMap { $0.names.map(\.name) })
    #expect(!one.rows.contains { $0.name.contains("NLL") })
  }

  @Test("Cards of one sample and of four do not stop the lab")
  func tiny() {
    for count in [1, 4] {
      let card = ScoreCard(
        samples: truth(99, count), metrics: Array(ScoreMetric.all), mixture: Self.gaussian, repetitions: 2,
        truth: truth)
      #expect(card.rows.allSatisfy { $0.value.isFinite && $0.floor.isFinite })
    }
  }
}

extension ScoreCard.Row {
  /// How many standard deviations of the floor the value is above it.
  fileprivate var deviations: Double { (value - floor) / floorDeviation }
}

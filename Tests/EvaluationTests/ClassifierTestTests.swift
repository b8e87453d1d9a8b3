import Evaluation
import PointClouds
import TestSupport
import Testing
import TinyNetwork

@Suite("Classifier two-sample test")
struct ClassifierTestTests {
  static func normal(_ count: Int, seed: UInt64) -> PointCloud {
    NoiseSource(seed: seed, purpose: .data).normalCloud(count: count)
  }

  static let quick: BinaryClassifier.Recipe = {
    var recipe = BinaryClassifier.Recipe()
    recipe.steps = 200
    recipe.width = 32
    return recipe
  }()

  @Test("Between true draws the accuracy is a half, with the deviation of a coin")
  func equality() {
    let repetitions = 16
    let accuracies = (0..<repetitions).map {
      classifierAccuracy(
        Self.normal(1000, seed: 2 * UInt64($0)), Self.normal(1000, seed: 2 * UInt64($0) + 1),
        seed: UInt64($0), recipe: Self.quick)
    }
    let measure = RepeatedMeasure(accuracies)
    // 1,000 points are judged.
    let deviation = 0.5 / 1000.0.squareRoot()
    #expect(abs(measure.mean - 0.5) < 4 * deviation / Double(repetitions).squareRoot())
    // A deviation of 16 values is off by less than 60 % but for one time in a thousand.
    #expect(measure.standardDeviation > 0.4 * deviation && measure.standardDeviation < 1.6 * deviation)
  }

  @Test("It finds a shift as well as anyone can")
  func power() {
    let x = Self.normal(2000, seed: 1)
    let y = Self.normal(2000, seed: 2).map { $0 + SIMD2(1, 0) }
    // The best rule is a line halfway: Φ(½) = 0.6915. Five deviations of 2,000 coins below.
    let accuracy = classifierAccuracy(x, y, recipe: Self.quick)
    #expect(accuracy > 0.6915 - 5 * 0.0103 && accuracy < 0.6915 + 5 * 0.0103)
  }

  @Test("It finds blurred edges of a checkerboard")
  func fineStructure() throws {
    let board = try DataSource.load("checkerboard")
    let x = try board.sample(count: 4000, seed: 1)
    let noise = NoiseSource(seed: 3, purpose: .data)
    var y = try board.sample(count: 4000, seed: 2)
    for i in 0..<y.count { y[i] += 0.15 * noise.normal(particle: i) }
    // Some 18 % of the blurred points fall on light squares, so 0.59 could be reached; a coin gives 0.5 ± 0.008.
    #expect(classifierAccuracy(x, y) > 0.55)
  }

  @Test("A point without a finite place gives its cloud away")
  func notFinite() {
    var y = Self.normal(50, seed: 2)
    y[7].x = .nan
    #expect(classifierAccuracy(Self.normal(50, seed: 1), y, recipe: Self.quick) == 1)
  }

  @Test("The same bits with one thread and with three; sizes may differ")
  func threads() {
    let (x, y) = (Self.normal(501, seed: 1), Self.normal(733, seed: 2))
    let one = classifierAccuracy(x, y, recipe: Self.quick, threads: 1)
    #expect(one == classifierAccuracy(x, y, recipe: Self.quick, threads: 3))
    let a = BinaryClassifier(x, y, recipe: Self.quick, threads: 1).logits(of: x, threads: 3)
    let b = BinaryClassifier(x, y, recipe: Self.quick, threads: 3).logits(of: x, threads: 1)
    #expect(a == b)
  }
}

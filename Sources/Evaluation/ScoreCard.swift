import PointClouds

/// How far samples are from the truth, each distance beside its noise floor.
public struct ScoreCard: Sendable, Hashable, Codable {
  /// One distance.
  public struct Row: Sendable, Hashable, Codable {
    /// What was measured.
    public let name: String
    /// Between the samples and fresh true points of the same number.
    public let value: Double
    /// The mean between two independent true draws of that number: what a perfect sampler would score.
    public let floor: Double
    /// The standard deviation of the floor over its repetitions.
    public let floorDeviation: Double

    /// The value as a multiple of its floor; about 1 is as good as it gets.
    public var ratio: Double { value / floor }
  }

  /// The number of points in each cloud.
  public let count: Int
  /// How many pairs of true draws the floors come from.
  public let floorRepetitions: Int
  /// The distances.
  public let rows: [Row]

  /// The distances that a card holds. A new one is one file and one line here.
  public static let distances: [(name: String, measure: @Sendable (PointCloud, PointCloud) -> Double)] = [
    ("sliced W2", { slicedWasserstein($0, $1) }),
    ("energy distance", { energyDistance($0, $1) }),
  ]

  /// The card of `samples`.
  /// - Parameters:
  ///   - samples: generated points.
  ///   - repetitions: pairs of true draws for the floors.
  ///   - truth: fresh true points: draw `index` of this many. Different indices are independent.
  /// - Complexity: O(repetitions × n²) distances.
  /// - Throws: what `truth` throws.
  public init<Failure: Error>(
    samples: PointCloud, repetitions: Int = 4,
    truth: (_ index: Int, _ count: Int) throws(Failure) -> PointCloud
  ) throws(Failure) {
    precondition(samples.count > 0, "no samples")
    precondition(repetitions > 1, "\(repetitions) repetitions give no deviation")
    count = samples.count
    floorRepetitions = repetitions
    var draws: [PointCloud] = []
    for index in 0...(2 * repetitions) { draws.append(try truth(index, samples.count)) }
    rows = Self.distances.map { [draws] name, measure in
      let floors = (0..<repetitions).map { measure(draws[2 * $0 + 1], draws[2 * $0 + 2]) }
      let mean = floors.reduce(0, +) / Double(repetitions)
      let variance = floors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(repetitions - 1)
      return Row(
        name: name, value: measure(samples, draws[0]), floor: mean, floorDeviation: variance.squareRoot())
    }
  }
}

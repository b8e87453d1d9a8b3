import DiffusionProcess
import PointClouds

/// How well noise is predicted on points that training never saw.  EQUATIONS (13.1)
public struct NoisePredictionError: Sendable, Hashable, Codable {
  /// The error at one step of the chain.
  public struct Row: Sendable, Hashable, Codable {
    /// The step t of the forward chain.
    public let step: Int
    /// The mean of (ε̂ − ε)² over points and coordinates.
    public let mse: Double
  }

  /// The error at every step that was looked at.
  public let rows: [Row]

  /// The mean over the steps.
  public var mse: Double { rows.reduce(0) { $0 + $1.mse } / Double(rows.count) }

  /// The error of a denoiser on held-out points with fresh noise, at `levels` steps spread evenly over 1...T.
  ///
  /// Its floor is not 0: even the exact denoiser cannot tell noise from data where they overlap (13.3).
  /// - Complexity: `levels` calls of the denoiser.
  public init(
    of denoiser: any Denoiser, heldOut: PointCloud, schedule: DiscreteSchedule, levels: Int = 50,
    noise: NoiseSource
  ) {
    precondition(heldOut.count > 0, "no held-out points")
    precondition(levels > 0, "\(levels) levels")
    let count = min(levels, schedule.steps)
    rows = (0..<count).map { k in
      let t = 1 + (2 * k + 1) * schedule.steps / (2 * count)
      let step = min(t, schedule.steps)
      let epsilon = noise.at(step: step).normalCloud(count: heldOut.count)
      return Row(
        step: step,
        mse: Self.mse(
          of: denoiser, clean: heldOut, epsilon: epsilon, level: schedule.level(step: step)))
    }
  }

  /// The mean of (ε̂ − ε)² over points and coordinates at one level.
  public static func mse(
    of denoiser: any Denoiser, clean: PointCloud, epsilon: PointCloud, level: NoiseLevel
  ) -> Double {
    var noisy = clean
    for i in 0..<clean.count { noisy[i] = level.noisy(clean[i], epsilon[i]) }
    let predicted = denoiser.predictedNoise(noisy, at: level)
    var sum = 0.0
    for i in 0..<clean.count {
      let e = predicted[i] - epsilon[i]
      sum += (e * e).sum()
    }
    return sum / Double(2 * clean.count)
  }
}

import DiffusionProcess
import PointClouds

/// The error of noise prediction on points that training never saw, by noise level and overall.
/// Equations (13.1)–(13.3)
///
/// The smallest possible error is not 0: even the exact denoiser cannot separate noise from data where they
/// overlap. If the true distribution is known, each error comes with that floor; only the excess over it can be
/// reduced by training.
package struct NoisePredictionError: Sendable, Hashable, Codable {
  /// The error at one step of the chain.
  package struct Row: Sendable, Hashable, Codable {
    /// The step t of the forward chain.
    package let step: Int
    /// The mean of (ε̂ − ε)² over points and coordinates.
    package let mse: Double
    /// The mean of |ε̂ − ε|.
    package let mae: Double
    /// R², pooled over the coordinates; about 1 − ``mse``.
    package let r2: Double
    /// The expected ``mse`` of the exact denoiser, if it is known.  Equations (13.3)
    package let floor: Double?
    /// The mean of (ε̂ − ε*)² over points and coordinates, if the exact ε* is known: the error of the model itself.
    /// ``mse`` − ``floor`` is a noisier estimate of it.  Equations (13.2)
    package let excess: Double?

    /// The root of ``mse``.
    package var rmse: Double { mse.squareRoot() }
  }

  /// The error at every step that was evaluated.
  package let rows: [Row]
  /// The number of held-out points.
  package let points: Int
  /// The mean of |ε̂ − ε| over all steps.
  package let mae: Double
  /// R² over all steps together.
  package let r2: Double

  /// The mean squared error over all steps.
  package var mse: Double { mean(\.mse) }
  /// The root of ``mse``.
  package var rmse: Double { mse.squareRoot() }
  /// The mean floor over the steps, if it is known.
  package var floor: Double? { rows.contains { $0.floor == nil } ? nil : mean { $0.floor ?? 0 } }
  /// The mean excess over the steps, if it is known.
  package var excess: Double? { rows.contains { $0.excess == nil } ? nil : mean { $0.excess ?? 0 } }

  private func mean(_ value: (Row) -> Double) -> Double {
    rows.reduce(0) { $0 + value($1) } / Double(rows.count)
  }

  /// Measures a denoiser on held-out points with fresh noise, at `levels` steps spread evenly over 1...T.
  /// - Parameters:
  ///   - heldOut: points that training never saw, in the units that the denoiser works in.
  ///   - oracle: the exact denoiser of the data in the same units, if it is known.
  /// - Complexity: `levels` calls of the denoiser; an oracle adds as many calls of its own, and one expectation
  ///   over the noisy density per level.
  package init(
    of denoiser: any Denoiser, heldOut: PointCloud, schedule: DiscreteSchedule, levels: Int = 50,
    oracle: (any ExactDenoiser)? = nil, noise: NoiseSource
  ) {
    precondition(heldOut.count > 0, "no held-out points")
    precondition(levels > 0, "\(levels) levels")
    let count = min(levels, schedule.steps)
    var overall = ErrorStatistics()
    rows = (0..<count).map { k in
      let step = min(1 + (2 * k + 1) * schedule.steps / (2 * count), schedule.steps)
      let level = schedule.level(step: step)
      let epsilon = noise.at(step: step).normalCloud(count: heldOut.count)
      var noisy = heldOut
      for i in 0..<heldOut.count { noisy[i] = level.noisy(heldOut[i], epsilon[i]) }
      let predicted = denoiser.predictedNoise(noisy, at: level)
      let statistics = ErrorStatistics(predicted: predicted.points, truth: epsilon.points)
      overall = overall + statistics
      return Row(
        step: step, mse: statistics.mse, mae: statistics.mae, r2: statistics.r2,
        floor: oracle?.irreducibleNoiseError(at: level),
        excess: oracle.map {
          ErrorStatistics(predicted: predicted.points, truth: $0.predictedNoise(noisy, at: level).points).mse
        })
    }
    points = heldOut.count
    mae = overall.mae
    r2 = overall.r2
  }
}
